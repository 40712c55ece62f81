using Carillon.Data.Hints;
using Carillon.Engine;

namespace Carillon.Server.Realtime.Inboxes;

/// <summary>
/// Tells open inboxes what has changed. What is heard while one round is being read and told waits for the next, where it is one:
/// so counters keep up with any burst, and each message is told once.
/// </summary>
internal sealed class Announcer : EngineLoop
{
    private const int Batch = 1_000;

    // Clocks of nodes differ a little, and a message is a while on its way from being made to being there.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    private readonly OpenInboxes _inboxes;
    private readonly InboxNews _news;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Pending> _pending = [];

    public Announcer(OpenInboxes inboxes, InboxNews news, EngineRuntime engine, ILogger<Announcer> logger)
        : base(engine, logger)
    {
        (_inboxes, _news) = (inboxes, news);
        engine.Hints.InboxChanged += Note;
        engine.Hints.Missed += NoteMissed;
    }

    protected override async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        var batch = Take();
        if (batch.Count == 0) return Timeout.InfiniteTimeSpan;

        try
        {
            foreach (var group in batch.GroupBy(one => (one.Inbox.Visitor.EnvironmentId, one.Inbox.Visitor.OrganizationId)))
                await TellAsync(group.Key.EnvironmentId, group.Key.OrganizationId, [.. group], ct);
            return TimeSpan.Zero;
        }
        catch
        {
            Return(batch);
            throw;
        }
    }

    private void Note(InboxChange change)
    {
        if (_inboxes.Find(change.SubscriberId) is null) return;

        lock (_lock) PendingOf(change.SubscriberId).Add(change);
        Wake();
    }

    private void NoteMissed(HintGap gap)
    {
        var concerned = gap.SubscriberIds?.Select(_inboxes.Find).OfType<OpenInbox>() ?? _inboxes.All();

        // Who has only just come has the counts; who was left alone for a while may not.
        var counts = gap.SubscriberIds is null ? InboxCounts.Both : InboxCounts.None;
        foreach (var inbox in concerned)
        {
            lock (_lock) PendingOf(inbox.Visitor.SubscriberId).LookSince(Later(gap.Since - Overlap, inbox.Opened), counts);
        }

        Wake();
    }

    private List<(OpenInbox Inbox, Pending Pending)> Take()
    {
        lock (_lock)
        {
            var batch = new List<(OpenInbox, Pending)>();
            foreach (var (subscriberId, pending) in _pending.Take(Batch).ToList())
            {
                _pending.Remove(subscriberId);
                if (_inboxes.Find(subscriberId) is { } inbox) batch.Add((inbox, pending));
            }

            return batch;
        }
    }

    private void Return(List<(OpenInbox Inbox, Pending Pending)> batch)
    {
        lock (_lock)
        {
            foreach (var (inbox, pending) in batch)
                PendingOf(inbox.Visitor.SubscriberId).Add(pending);
        }
    }

    private async Task TellAsync(
        string environmentId, string organizationId, IReadOnlyList<(OpenInbox Inbox, Pending Pending)> group, CancellationToken ct)
    {
        var pending = group.ToDictionary(one => one.Inbox.Visitor.SubscriberId, one => one.Pending);
        var news = await _news.ReadAsync(environmentId, organizationId, pending, ct);
        foreach (var (inbox, what) in group)
            Tell(inbox, what, news);
    }

    // In the order that clients rely on: first the messages, then what they add up to.
    private static void Tell(OpenInbox inbox, Pending pending, News news)
    {
        var subscriberId = inbox.Visitor.SubscriberId;
        var counted = pending.Counts;
        foreach (var message in news.Messages[subscriberId].Where(message => inbox.Tell(message.ObjectId)))
        {
            inbox.Send(Frames.Received(message));
            counted = InboxCounts.Both;
        }

        if (!news.Counts.TryGetValue(subscriberId, out var counts)) return;
        if (counted.HasFlag(InboxCounts.Unseen)) inbox.Send(Frames.Unseen(counts.Unseen));
        if (counted.HasFlag(InboxCounts.Unread)) inbox.Send(Frames.Unread(counts.Unread));
    }

    private Pending PendingOf(string subscriberId)
    {
        if (!_pending.TryGetValue(subscriberId, out var pending)) _pending[subscriberId] = pending = new();
        return pending;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
