using Carillon.Data.Execution;

namespace Carillon.Engine.Running;

/// <summary>Claims runs that are due, with everything that they are about.</summary>
public sealed class DueRuns(IEngineStore store, SubjectReader subjects, DigestWindows windows)
{
    private const int MostEnvironments = 64;

    private string _after = "";
    private bool _inTurn;

    /// <summary>The subject is missing where the subscriber or the event is gone.</summary>
    internal async Task<IReadOnlyList<(ClaimedRun Claimed, RunSubject? Subject)>> TakeAsync(Claim claim, CancellationToken ct)
    {
        var claimed = await ClaimAsync(claim, ct);
        if (claimed.Count == 0) return [];

        List<Run> runs = [.. claimed.Select(one => one.Run)];
        var known = await subjects.OfRunsAsync(runs, ct);
        var gathered = await windows.OfRunsAsync(runs, known, claim.Now, ct);
        return [.. claimed.Select(one => (one, SubjectOf(one.Run)))];

        RunSubject? SubjectOf(Run run) =>
            known.TryGetValue(run.Id, out var subject) ? subject with { Gathered = gathered.GetValueOrDefault(run.Id) } : null;
    }

    internal async Task<DateTimeOffset?> NextAsync(CancellationToken ct) => (await store.NextDueAsync(ct)).Run;

    // Where more is due than is taken, every second claim is shared among environments, the next ones each time. The others take what has
    // been due longest, so that everything comes to its end in time.
    private async Task<IReadOnlyList<ClaimedRun>> ClaimAsync(Claim claim, CancellationToken ct)
    {
        var claimed = await store.ClaimRunsAsync(_inTurn ? claim with { Among = await NextEnvironmentsAsync(claim.Limit, ct) } : claim, ct);
        _inTurn = !_inTurn && claimed.Count == claim.Limit;
        return claimed;
    }

    private async Task<IReadOnlyList<string>> NextEnvironmentsAsync(int limit, CancellationToken ct)
    {
        var most = Math.Min(limit, MostEnvironments);
        var environments = await store.EnvironmentsWithRunsAsync(_after, most, ct);
        _after = environments.Count < most ? "" : environments[^1];
        return environments;
    }
}
