using Carillon.Data.Hints;
using Carillon.Server.Configuration;
using Carillon.Server.Realtime.EngineIo;

namespace Carillon.Server.Realtime.Inboxes;

/// <summary>
/// Who listens at this process, each at their own inbox. The first connection of a subscriber makes them present and has other nodes'
/// hints about them come here; the last one takes both back.
/// </summary>
internal sealed class OpenInboxes(IHints hints, Presence presence, RealtimeOptions options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OpenInbox> _bySubscriber = [];
    private readonly Dictionary<Connection, OpenInbox> _byConnection = [];

    public bool Has(Connection connection)
    {
        lock (_lock) return _byConnection.ContainsKey(connection);
    }

    public bool HasRoom(string subscriberId) => Find(subscriberId) is not { } inbox || inbox.Count < options.SocketsPerSubscriber;

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
        connection.Over += Leave;
        lock (_lock)
        {
            if (!_bySubscriber.TryGetValue(visitor.SubscriberId, out var inbox))
            {
                _bySubscriber[visitor.SubscriberId] = inbox = new(visitor, clock.GetUtcNow());
                hints.Follow(visitor.SubscriberId);
                presence.Came(visitor);
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
            hints.Unfollow(inbox.Visitor.SubscriberId);
            presence.Left(inbox.Visitor);
        }
    }
}
