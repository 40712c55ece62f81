using System.Collections.Concurrent;
using Carillon.Data;
using Carillon.Data.Hints;

namespace Carillon.Contract.Hints;

/// <summary>What every way between nodes does. Two nodes that share one; where there is only one node, both are that.</summary>
public abstract class HintsContract : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly Ids _ids = new(TimeProvider.System);
    private readonly ConcurrentDictionary<string, int> _heard = new();
    private readonly SemaphoreSlim _news = new(0);
    private Task _running = Task.CompletedTask;
    private IHints? _here;
    private IHints? _there;

    protected IHints Here => _here ?? throw new InvalidOperationException("There are no nodes yet.");
    protected IHints There => _there ?? throw new InvalidOperationException("There are no nodes yet.");

    protected virtual bool IsAlone => false;

    public async ValueTask InitializeAsync()
    {
        (_here, _there) = await ConnectAsync();
        There.EventsDue += () => Note("events");
        There.LargeEventsDue += () => Note("large events");
        There.RunsDue += () => Note("runs");
        There.RunsClaimed += claimed => Note($"{claimed.Node.Length > 0} {claimed.Count} claimed");
        There.InboxChanged += change => Note($"{change.SubscriberId} {change.Counts} {change.MessageId}".Trim());
        There.Missed += gap => Note(gap.SubscriberIds is { } some ? $"follows {string.Join(',', some)}" : "missed");
        _running = Task.WhenAll(Here.RunAsync(_stop.Token), IsAlone ? Task.CompletedTask : There.RunAsync(_stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _news.Dispose();
        await DisconnectAsync();
    }

    [Fact]
    public async Task Work_is_heard_by_the_other()
    {
        await UntilHeardAsync("events", Here.TellEventsDue);
        await UntilHeardAsync("large events", Here.TellLargeEventsDue);
        await UntilHeardAsync("runs", Here.TellRunsDue);
    }

    [Fact]
    public async Task How_many_runs_were_claimed_is_heard_by_the_other()
    {
        if (IsAlone) return;

        HashSet<string> nodes = [];
        There.RunsClaimed += claimed => nodes.Add(claimed.Node);
        Here.RunsClaimed += _ => Assert.Fail("A node heard itself.");

        await UntilHeardAsync("True 512 claimed", () => Here.TellRunsClaimed(512));
        await UntilHeardAsync("True 7 claimed", () => Here.TellRunsClaimed(7));

        Assert.Single(nodes);
    }

    [Fact]
    public async Task A_change_is_heard_with_all_that_it_says()
    {
        var (ann, message) = (_ids.New(), _ids.New());
        There.Follow(ann);

        await UntilHeardAsync($"{ann} Both {message}", () => Here.TellInboxChanged(new(ann, InboxCounts.Both, message)));
        await UntilHeardAsync($"{ann} Unseen", () => Here.TellInboxChanged(new(ann, InboxCounts.Unseen)));
    }

    [Fact]
    public async Task Thousands_of_changes_are_heard_each_once()
    {
        var people = Enumerable.Range(0, 3000).Select(_ => _ids.New()).ToList();
        people.ForEach(There.Follow);
        await UntilAsync(() => people.TrueForAll(person => Heard($"{person} Unread")), meanwhile: () => people
            .FindAll(person => !Heard($"{person} Unread"))
            .ForEach(person => Here.TellInboxChanged(new(person, InboxCounts.Unread))));

        people.ForEach(person => Here.TellInboxChanged(new(person, InboxCounts.Unseen)));

        await UntilAsync(() => people.TrueForAll(person => Heard($"{person} Unseen")));
        Assert.All(people, person => Assert.Equal(1, _heard[$"{person} Unseen"]));
    }

    [Fact]
    public async Task Nobody_hears_of_those_whom_they_do_not_follow()
    {
        if (IsAlone) return;
        var (ann, eve) = (_ids.New(0x01), _ids.New(0x02));
        There.Follow(ann);
        await UntilHeardAsync($"{ann} Unread", () => Here.TellInboxChanged(new(ann, InboxCounts.Unread)));

        Here.TellInboxChanged(new(eve, InboxCounts.Both));
        await UntilHeardAsync($"{ann} Both", () => Here.TellInboxChanged(new(ann, InboxCounts.Both)));
        There.Follow(eve);
        There.Unfollow(ann);
        await UntilHeardAsync($"{eve} Unseen", () => Here.TellInboxChanged(new(eve, InboxCounts.Unseen)));

        Assert.False(Heard($"{eve} Both"));
    }

    [Fact]
    public async Task Whoever_begins_to_follow_is_told_from_when_they_hear()
    {
        if (IsAlone) return;
        var ann = _ids.New();

        There.Follow(ann);

        await UntilAsync(() => Heard($"follows {ann}"));
    }

    [Fact]
    public async Task After_an_interruption_they_are_told_that_something_was_missed_and_hear_again()
    {
        if (IsAlone) return;
        var ann = _ids.New();
        There.Follow(ann);
        await UntilHeardAsync($"{ann} Unread", () => Here.TellInboxChanged(new(ann, InboxCounts.Unread)));

        await InterruptAsync();
        Here.TellInboxChanged(new(ann, InboxCounts.None));
        await UntilAsync(() => Heard("missed"));

        await UntilHeardAsync($"{ann} Unseen", () => Here.TellInboxChanged(new(ann, InboxCounts.Unseen)));
    }

    protected abstract Task<(IHints Here, IHints There)> ConnectAsync();

    protected abstract Task DisconnectAsync();

    protected virtual Task InterruptAsync() => Task.CompletedTask;

    private void Note(string heard)
    {
        _heard.AddOrUpdate(heard, 1, (_, times) => times + 1);
        _news.Release();
    }

    private bool Heard(string hint) => _heard.ContainsKey(hint);

    // A hint may be lost while they find each other, so it is told until it is heard.
    private Task UntilHeardAsync(string hint, Action tell) => UntilAsync(() => Heard(hint), meanwhile: tell);

    private async Task UntilAsync(Func<bool> holds, Action? meanwhile = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        meanwhile?.Invoke();
        while (!holds())
        {
            if (!await _news.WaitAsync(TimeSpan.FromMilliseconds(200), patience.Token)) meanwhile?.Invoke();
        }
    }
}
