using Carillon.Engine;
using Carillon.Server.Realtime.EngineIo;
using Carillon.Server.Realtime.Inboxes;
using Carillon.Server.Realtime.SocketIo;

namespace Carillon.Server.Realtime;

/// <summary>Goes round all connections: asks those that are silent, and ends those that do not answer or whose time is over.</summary>
internal sealed class Pulse : EngineLoop
{
    // Those who came together are asked together, and all their answers want a buffer at once: the fewer at a time, the fewer buffers.
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);

    // Where nobody is.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Connections _connections;
    private readonly OpenInboxes _inboxes;
    private readonly TimeProvider _clock;

    public Pulse(Connections connections, OpenInboxes inboxes, EngineRuntime engine, ILogger<Pulse> logger) : base(engine, logger)
    {
        (_connections, _inboxes, _clock) = (connections, inboxes, engine.Clock);
        _connections.Begun += Wake;
    }

    protected override Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        var now = _clock.GetUtcNow();
        foreach (var connection in _connections.All)
        {
            if (now < connection.Deadline) connection.Beat(now);
            else if (_inboxes.Has(connection)) SocketServer.ShowOut(connection);
            else connection.Abort();
        }

        return Task.FromResult(_connections.AreNone ? Rest : Round);
    }
}
