using Carillon.Data.Execution;

namespace Carillon.Engine.Running;

/// <summary>Claims runs that are due, with everything that they are about.</summary>
public sealed class DueRuns(IEngineStore store, SubjectReader subjects, DigestWindows windows)
{
    private readonly RunTurns _turns = new(store);

    /// <summary>The subject is missing where the subscriber or the event is gone.</summary>
    internal async Task<IReadOnlyList<(ClaimedRun Claimed, RunSubject? Subject)>> TakeAsync(Claim claim, CancellationToken ct)
    {
        var claimed = await _turns.ClaimAsync(claim, ct);
        if (claimed.Count == 0) return [];

        List<Run> runs = [.. claimed.Select(one => one.Run)];
        var known = await subjects.OfRunsAsync(runs, ct);
        var gathered = await windows.OfRunsAsync(runs, known, claim.Now, ct);
        return [.. claimed.Select(one => (one, SubjectOf(one.Run)))];

        RunSubject? SubjectOf(Run run) =>
            known.TryGetValue(run.Id, out var subject) ? subject with { Gathered = gathered.GetValueOrDefault(run.Id) } : null;
    }

    internal async Task<DateTimeOffset?> NextAsync(CancellationToken ct) => (await store.NextDueAsync(ct)).Run;
}
