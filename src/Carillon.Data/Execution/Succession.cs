namespace Carillon.Data.Execution;

/// <summary>What whoever takes a leader's place has to know of it: how far the step at hand has come, so that nothing of it is sent twice.</summary>
internal static class Succession
{
    /// <summary>The successor's account with what the leader's says of its step; null where there is nothing to add.</summary>
    public static string? Trace(Run leader, string trace, DateTimeOffset createdAt)
    {
        if (leader.States[leader.Step] == StepState.Delayed) return null;

        var shift = (long)(leader.CreatedAt - createdAt).TotalMilliseconds;
        List<TraceLine> lines =
        [
            .. Execution.Trace.Read(leader.Trace).Where(line => line.Step == leader.Step).Select(line => line with { At = line.At + shift }),
        ];
        return lines.Count == 0 ? null : Execution.Trace.Append(trace, lines);
    }
}
