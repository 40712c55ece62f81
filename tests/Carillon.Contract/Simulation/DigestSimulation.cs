using System.Text.Json;
using Carillon.Contract.Databases;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Engine.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Contract.Simulation;

/// <summary>
/// One life of digests under virtual time, told by a seed: events arrive, are expanded, cancelled, said; processes die before and
/// after every call to the store, and lose their leases. In the end everybody must have been told of each event once.
/// </summary>
internal sealed class DigestSimulation
{
    private const int Steps = 25;
    private const string StepId = "step";

    private static readonly CancellationToken Ct = CancellationToken.None;

    private readonly TestDatabase _database;
    private readonly IEngineStore _store;
    private readonly IEngineStore _faulty;
    private readonly Random _random;
    private readonly string _environment;
    private readonly FakeTimeProvider _clock;
    private readonly Ids _ids;
    private readonly List<Event> _accepted = [];
    private readonly HashSet<string> _cancelled = [];
    private readonly HashSet<string> _cancelledUnderWay = [];
    private long _token;

    public DigestSimulation(TestDatabase database, int seed, bool closesLate)
    {
        _database = database;
        _random = new Random(seed);
        _environment = $"{seed:x8}{(closesLate ? 1 : 0):x16}";
        _clock = new FakeTimeProvider(new DateTimeOffset(2031, 5, 4, 12, 0, 0, TimeSpan.Zero));
        _ids = new Ids(_clock);
        _store = database.Database.OpenEngineStore();
        _faulty = FaultyStore.Over(_store, _random, OthersAsync, closesLate);
    }

    /// <summary>The first promise that was broken, or null.</summary>
    public async Task<string?> RunAsync()
    {
        for (var step = 0; step < Steps; step++)
        {
            try { await (_random.Next(5) switch { 0 => AcceptAsync(), 1 => ExpandAsync(_faulty), 2 => CancelAsync(), 3 => AdvanceAsync(_faulty), _ => PassAsync() }); }
            catch (Crash) { /* and another process goes on */ }
        }

        for (var round = 0; round < 50 && await _store.NextDueAsync(Ct) is not { Event: null, Run: null }; round++)
        {
            await PassAsync();
            await ExpandAsync(_store);
            await AdvanceAsync(_store);
        }

        return await BrokenAsync();
    }

    private Task PassAsync()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(1, 3_000)));
        return Task.CompletedTask;
    }

    // What another process does meanwhile, whose calls go well.
    private async Task OthersAsync()
    {
        await AcceptAsync();
        if (_random.Next(2) == 0) await ExpandAsync(_store);
    }

    private async Task AcceptAsync()
    {
        var now = _clock.GetUtcNow();
        var e = new Event
        {
            Id = _ids.New(), EnvironmentId = _environment, OrganizationId = "", TransactionId = _ids.New(), WorkflowId = "workflow", VersionId = "version",
            Recipients = "[]", Content = $$$"""{"payload":{"n":{{{_accepted.Count}}}}}""", DueAt = now, CreatedAt = now,
        };
        _accepted.Add(e);
        await _store.AcceptAsync([e], Ct);
    }

    private async Task ExpandAsync(IEngineStore store)
    {
        var events = await store.ClaimEventsAsync(Claim(), Ct);
        if (events.Count == 0) return;

        List<Gathering> coming = [.. events.Select(e => Coming(RunOf(e), e))];
        var progress = events.Select(e => new EventProgress(
            e.EnvironmentId, e.Id, e.LeaseToken!.Value, Keep: false, EventStatus.Expanded, null, null, 1, null, 0));
        await store.CommitPageAsync(new([.. progress], [.. coming.Select(one => one.Run)], []) { Gatherings = coming }, Ct);
    }

    // As the engine does it: what is gathered is prepared for a batch, then each run is brought to its end and written.
    private async Task AdvanceAsync(IEngineStore store)
    {
        var runs = (await store.ClaimRunsAsync(Claim(), Ct)).Select(claimed => claimed.Run).ToList();
        if (runs.Count == 0) return;

        var now = _clock.GetUtcNow();
        var gathered = await new DigestWindows(store).OfRunsAsync(runs, new Dictionary<string, RunSubject>(), now, Ct);
        if (_random.Next(6) == 0) await PassAsync();
        foreach (var run in runs)
        {
            run.DueAt = null;
            (run.Status, run.States) = run.CancelRequested ? (RunStatus.Cancelled, "x") : (RunStatus.Finished, "c");
            if (!run.CancelRequested) run.Trace = JsonSerializer.Serialize(gathered[run.Id].Select(payload => payload.GetProperty("n").GetInt32()));
        }

        await store.CommitRunsAsync(new(_clock.GetUtcNow(), runs, []), Ct);
    }

    private async Task CancelAsync()
    {
        if (_accepted.Count == 0) return;

        var e = _accepted[_random.Next(_accepted.Count)];
        await using var db = _database.Database.Open(_environment);
        var underWay = await db.Runs.AnyAsync(run => run.EventId == e.Id && run.LeaseToken != null);
        if (!await _store.CancelAsync(_environment, e.TransactionId, _clock.GetUtcNow(), Ct)) return;

        (underWay ? _cancelledUnderWay : _cancelled).Add(e.Id);
    }

    private async Task<string?> BrokenAsync()
    {
        await using var db = _database.Database.Open(_environment);
        var runs = await db.Runs.AsNoTracking().ToListAsync();
        var digests = await db.Digests.AsNoTracking().ToDictionaryAsync(digest => digest.LeaderId, Ct);
        if (digests.Values.Any(digest => digest.Open)) return "a window is open for ever";
        if (runs.Any(run => run.Status == RunStatus.Active)) return "a run never ends";

        var said = runs.Where(run => run.States == "c").Select(run => (Run: run, Numbers: JsonSerializer.Deserialize<List<int>>(run.Trace)!)).ToList();
        foreach (var (run, numbers) in said)
        {
            if (run.UpdatedAt < digests[run.Id].DueAt) return $"{run.Id} was said early";
            if (!numbers.SequenceEqual(numbers.Order())) return $"{string.Join(",", numbers)} are not in order";
        }

        foreach (var (number, e) in _accepted.Index())
        {
            var times = said.Count(digest => digest.Numbers.Contains(number)) + said.Sum(digest => digest.Numbers.Count(one => one == number) - (digest.Numbers.Contains(number) ? 1 : 0));
            if (_cancelled.Contains(e.Id) ? times != 0 : !_cancelledUnderWay.Contains(e.Id) && times != 1)
                return $"event {number} was said {times} times";
        }

        return null;
    }

    private Claim Claim()
    {
        var now = _clock.GetUtcNow();
        return new(++_token, now, now.AddSeconds(2), _random.Next(1, 5));
    }

    private Run RunOf(Event e)
    {
        var bucket = (byte)(_accepted.FindIndex(one => one.Id == e.Id) % 2);
        var now = _clock.GetUtcNow();
        return new()
        {
            Bucket = bucket, Id = _ids.Reserve(bucket, RunIds.BlockSize(1)), EnvironmentId = _environment, EventId = e.Id, SubscriberId = $"person-{bucket}",
            WorkflowId = "workflow", VersionId = "version", States = "p", Trace = Trace.Empty, CreatedAt = now, UpdatedAt = now,
        };
    }

    private Gathering Coming(Run run, Event e)
    {
        var due = _clock.GetUtcNow().AddSeconds(4);
        return new(run, new(run.Bucket, _environment, run.WorkflowId, StepId, run.SubscriberId, ""), due)
        {
            Arrival = Gathering.ArrivalOf(e),
            WhenLeading = new(RunStatus.Active, 0, "d", Trace.Empty, due),
            WhenMerged = new(RunStatus.Finished, 0, "m", Trace.Empty, null),
            WhenPassing = new(RunStatus.Finished, 1, "s", Trace.Empty, null),
        };
    }
}
