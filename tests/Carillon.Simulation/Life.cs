using System.Globalization;
using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Engine.Triggering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Simulation;

/// <summary>An event as its caller knows it; <paramref name="IsTopic"/> where it is for the topic, and for those it names beside.</summary>
internal sealed record Call(int Number, Plan Plan, IReadOnlyList<string> To, bool IsTopic, string TransactionId)
{
    public IReadOnlyList<string> Recipients => IsTopic ? [.. To.Union(World.People)] : To;
    public DateTimeOffset? FirstTried { get; set; }
}

/// <summary>
/// One life of a whole engine under virtual time, told by a seed: two processes that die and come back, a store and a vendor that fail,
/// stall and lose their answers, callers that repeat themselves and change their minds. In the end nothing is in anybody's way any more,
/// and every promise must have been kept.
/// </summary>
internal sealed class Life
{
    private const int Happenings = 24;
    private const int MostCalls = 6;
    private const int Patience = 4_000;

    private readonly List<Node> _nodes = [];
    private readonly List<Node> _dead = [];
    private readonly SimulatedThread _callers;
    private readonly List<Task> _calling = [];
    private readonly Ids _ids;

    public Life(World world, int seed, PlantedBug bug = PlantedBug.None)
    {
        (World, Bug, Random) = (world, bug, new Random(seed));
        _callers = new SimulatedThread(Random);
        _ids = new Ids(Clock, Random);
    }

    public World World { get; }
    public PlantedBug Bug { get; }
    public Random Random { get; }
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2031, 5, 4, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Nothing goes wrong any more.</summary>
    public bool IsCalm { get; private set; }

    public List<Call> Calls { get; } = [];
    public List<VendorCall> VendorCalls { get; } = [];

    /// <summary>Runs whose cancellation was asked for: when, and whether something of that person was under way.</summary>
    public Dictionary<string, (DateTimeOffset At, bool UnderWay)> Cancelled { get; } = [];

    /// <summary>The first promise that was broken, or null.</summary>
    public static async Task<string?> RunAsync(World world, int seed, PlantedBug bug = PlantedBug.None)
    {
        var life = new Life(world, seed, bug);
        try
        {
            return await life.LiveAsync() ?? await Promises.BrokenByAsync(life);
        }
        finally
        {
            foreach (var node in life._nodes.Concat(life._dead)) await node.DisposeAsync();
            await world.ForgetAsync();
        }
    }

    public void Note(VendorCall call) => VendorCalls.Add(call);

    private async Task<string?> LiveAsync()
    {
        _nodes.AddRange([new(this), new(this)]);
        for (var happening = 0; happening < Happenings; happening++)
        {
            await HappenAsync();
            for (var turns = Random.Next(40); turns > 0 && Turn(); turns--) { }
        }

        IsCalm = true;
        if (!await SettleAsync()) return "it never comes to rest";

        await Task.WhenAll(_calling);
        return null;
    }

    private async Task HappenAsync()
    {
        switch (Random.Next(20))
        {
            case < 7 when Calls.Count < MostCalls:
                BeginCall();
                break;
            case < 9:
                await CancelAsync();
                break;
            case < 11:
                Replace(Random.Next(_nodes.Count));
                break;
            case 11:
                Clock.Advance(TimeSpan.FromSeconds(Random.Next(5, 40)));
                break;
            default:
                Clock.Advance(TimeSpan.FromMilliseconds(Random.Next(1, 2_500)));
                break;
        }
    }

    private void BeginCall()
    {
        var number = Calls.Count;
        var call = new Call(
            number, Plan.All[Random.Next(Plan.All.Count)], [.. World.People.Where(_ => Random.Next(2) == 0).DefaultIfEmpty(World.People[0])],
            Random.Next(5) == 0, $"call-{number}");
        Calls.Add(call);
        _calling.Add(_callers.Start(() => CallAsync(call)));
    }

    // Repeated until somebody says that it is kept, as an application does that does not know what became of its call.
    private async Task CallAsync(Call call)
    {
        while (true)
        {
            try
            {
                if (await _nodes[Random.Next(_nodes.Count)].AcceptAsync(EventOf(call)) is Acceptance.Accepted or Acceptance.Repeated) return;
            }
            catch (SimulatedOutage)
            {
                await Task.Yield();
            }
        }
    }

    private Event EventOf(Call call)
    {
        var now = Clock.GetUtcNow();
        call.FirstTried ??= now;
        object[] to = call.IsTopic ? [.. call.To, new { type = "Topic", topicKey = World.Topic }] : [.. call.To];
        return new()
        {
            Id = _ids.New(),
            EnvironmentId = World.EnvironmentId,
            OrganizationId = "",
            GivenTransactionId = call.TransactionId,
            WorkflowId = call.Plan.WorkflowId,
            VersionId = call.Plan.VersionId,
            Recipients = JsonSerializer.Serialize(new { to }),
            Content = JsonSerializer.Serialize(new { payload = new { n = call.Number } }),
            DueAt = now,
            CreatedAt = now,
        };
    }

    private async Task CancelAsync()
    {
        if (Calls.Count == 0) return;

        var call = Calls[Random.Next(Calls.Count)];
        await using var db = World.Open();
        var underWay = await db.Runs.Where(run => run.LeaseToken != null).Select(run => run.SubscriberId).ToListAsync();
        if (await db.Events.AsNoTracking().OfTransactions(call.TransactionId).SingleOrDefaultAsync() is not { } e) return;

        await World.Store.CancelAsync(World.EnvironmentId, e.Id, Clock.GetUtcNow(), CancellationToken.None);
        var stopped = await db.Runs.AsNoTracking().Where(run => run.CancelRequested && run.EventId == e.Id).ToListAsync();
        foreach (var run in stopped)
            Cancelled.TryAdd(run.Id, (Clock.GetUtcNow(), e.LeaseToken is not null || underWay.Contains(run.SubscriberId)));
    }

    private void Replace(int index)
    {
        _nodes[index].Kill();
        _dead.Add(_nodes[index]);
        _nodes[index] = new(this);
    }

    /// <summary>Has one of those who have something to do take a turn; false where nobody has.</summary>
    private bool Turn()
    {
        List<SimulatedThread> ready = [.. _nodes.Select(node => node.Thread).Append(_callers).Where(thread => thread.HasTurns)];
        if (ready.Count == 0) return false;

        ready[Random.Next(ready.Count)].Turn();
        return true;
    }

    private async Task<bool> SettleAsync()
    {
        for (var round = 0; round < Patience; round++)
        {
            for (var turns = 0; turns < Patience && Turn(); turns++) { }

            var next = await World.Store.NextDueAsync(CancellationToken.None);
            if (next is { Event: null, Run: null } && _calling.TrueForAll(call => call.IsCompleted)) return true;

            var due = Earlier(next.Event, next.Run) - Clock.GetUtcNow();
            Clock.Advance(due > TimeSpan.Zero ? due.Value : TimeSpan.FromSeconds(15));
        }

        return false;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other ? one : other ?? one;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Calls.Count} calls, {VendorCalls.Count} sends, {Cancelled.Count} cancelled, {_dead.Count} deaths");
}
