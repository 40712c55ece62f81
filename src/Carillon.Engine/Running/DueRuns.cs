using Carillon.Data.Execution;

namespace Carillon.Engine.Running;

/// <summary>
/// Claims runs that are due, with everything that they are about. Where the database goes away in between, the runs go back as soon as it
/// answers again: nobody waits until a lease ends that nobody uses.
/// </summary>
public sealed class DueRuns(IEngineStore store, SubjectReader subjects, DigestWindows windows, EngineRuntime engine)
{
    private readonly RunTurns _turns = new(store);
    private readonly List<Run> _unread = [];

    /// <summary>The subject is missing where the subscriber or the event is gone.</summary>
    internal async Task<IReadOnlyList<(Run Run, RunSubject? Subject)>> TakeAsync(Claim claim, CancellationToken ct)
    {
        await ReturnAsync(ct);
        var claimed = await _turns.ClaimAsync(claim, ct);
        if (claimed.Count == 0) return [];

        try
        {
            return await ReadAsync(claimed, claim.Now, ct);
        }
        catch
        {
            _unread.AddRange(claimed.Select(DueAtOnce));
            throw;
        }
    }

    internal async Task<DateTimeOffset?> NextAsync(CancellationToken ct) => (await store.NextDueAsync(ct)).Run;

    private async Task<IReadOnlyList<(Run, RunSubject?)>> ReadAsync(
        IReadOnlyList<Run> runs, DateTimeOffset now, CancellationToken ct)
    {
        var known = await subjects.OfRunsAsync(runs, ct);
        var gathered = await windows.OfRunsAsync(runs, known, now, ct);
        return [.. runs.Select(run => (run, SubjectOf(run)))];

        RunSubject? SubjectOf(Run run) =>
            known.TryGetValue(run.Id, out var subject) ? subject with { Gathered = gathered.GetValueOrDefault(run.Id) } : null;
    }

    private async Task ReturnAsync(CancellationToken ct)
    {
        if (_unread.Count == 0) return;

        await store.CommitRunsAsync(new(engine.Clock.GetUtcNow(), [.. _unread], []), ct);
        _unread.Clear();
    }

    private Run DueAtOnce(Run run)
    {
        var work = new RunWork(run, null, engine.Clock);
        Advancer.Requeue(work, work.Now);
        return work.Run;
    }
}
