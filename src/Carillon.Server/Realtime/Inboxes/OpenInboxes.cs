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

    public bool HasRoom(string subscriberId) => Find(subscriberId) is not { } inbox || inbox.Count < _options.SocketsPerSubscriber;

    public OpenInbox? Find(string subscriberId)
    {
        lock (_lock) return _bySubscriber.GetValueOrDefault(subscriberId);
    }

    public IReadOnlyList<OpenInbox> All()
    {
        lock (_lock) return [.. _bySubscriber.Values];
    }

    public void Enter(Connection connection, Visitor visitor)
    {
        connection.Deadline = visitor.Until;
        connection.Over += _leave;
        lock (_lock)
        {
            if (!_bySubscriber.TryGetValue(visitor.SubscriberId, out var inbox))
            {
                _bySubscriber[visitor.SubscriberId] = inbox = new(visitor, _clock.GetUtcNow());
                _hints.Follow(visitor.SubscriberId);
                _presence.Came(visitor);
            }

            inbox.Add(connection);
            _byConnection[connection] = inbox;
        }

        // It may have ended while it came in.
        if (connection.IsOver) Leave(connection);
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
}
