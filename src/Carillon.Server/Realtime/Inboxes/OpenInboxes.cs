using Carillon.Data.Hints;
using Carillon.Server.Configuration;
using Carillon.Server.Realtime.EngineIo;

namespace Carillon.Server.Realtime.Inboxes;

/// <summary>
/// Who listens at this process, each at their own inbox. The first connection of a subscriber makes them present and has other nodes'
/// hints about them come here; the last one takes both back.
/// </summary>
internal sealed class OpenInboxes
{
    private readonly IHints _hints;
    private readonly Presence _presence;
    private readonly RealtimeOptions _options;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OpenInbox> _bySubscriber = [];
    private readonly Dictionary<Connection, OpenInbox> _byConnection = [];

    // One for all, rather than one for each.
    private readonly Action<Connection> _leave;

    public OpenInboxes(IHints hints, Presence presence, RealtimeOptions options, TimeProvider clock) =>
        (_hints, _presence, _options, _clock, _leave) = (hints, presence, options, clock, Leave);

    public bool Has(Connection connection)
    {
        lock (_lock) return _byConnection.ContainsKey(connection);
    }

    public OpenInbox? Find(string subscriberId)
    {
        lock (_lock) return _bySubscriber.GetValueOrDefault(subscriberId);
    }

    public IReadOnlyList<OpenInbox> All()
    {
        lock (_lock) return [.. _bySubscriber.Values];
    }

    /// <summary>False when this subscriber has as many connections here as one may have.</summary>
    public bool TryEnter(Connection connection, Visitor visitor, ReadOnlyMemory<byte> welcome)
    {
        lock (_lock)
        {
            // A client may have asked twice while it was being looked up.
            if (_byConnection.ContainsKey(connection)) return true;
            if (_bySubscriber.GetValueOrDefault(visitor.SubscriberId)?.Count >= _options.SocketsPerSubscriber) return false;

            connection.Deadline = visitor.Until;
            connection.Over += _leave;
            var inbox = InboxOf(visitor);

            // Welcomed first, so that no news comes before; and under the lock, so that news of what they do next waits until they are in.
            connection.Send(welcome);
            inbox.Add(connection);
            _byConnection[connection] = inbox;
        }

        // It may have ended while it came in.
        if (connection.IsOver) Leave(connection);
        return true;
    }

    public void Leave(Connection connection)
    {
        lock (_lock)
        {
            if (!_byConnection.Remove(connection, out var inbox)) return;

            inbox.Remove(connection);
            if (inbox.Count > 0) return;

            _bySubscriber.Remove(inbox.Visitor.SubscriberId);
            _hints.Unfollow(inbox.Visitor.SubscriberId);
            _presence.Left(inbox.Visitor);
        }
    }

    private OpenInbox InboxOf(Visitor visitor)
    {
        if (_bySubscriber.TryGetValue(visitor.SubscriberId, out var inbox)) return inbox;

        _bySubscriber[visitor.SubscriberId] = inbox = new(visitor, _clock.GetUtcNow());
        _hints.Follow(visitor.SubscriberId);
        _presence.Came(visitor);
        return inbox;
    }
}
