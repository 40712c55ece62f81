using System.Net;
using Carillon.Server.Configuration;

namespace Carillon.Server.Realtime.EngineIo;

internal enum Transport { Polling, Upgrading, WebSocket }

/// <summary>
/// One Engine.IO connection, whichever way its packets go. What is sent waits in a queue of limited length; a reader that lets it
/// fill is cut off. Finishing lets what waits go out first, aborting does not.
/// </summary>
internal sealed class Connection
{
    private readonly RealtimeOptions _options;
    private DateTimeOffset _pingDue;
    private DateTimeOffset _pongDue = DateTimeOffset.MaxValue;
    private int _polls;
    private int _upgrades;
    private int _isOver;

    public Connection(string id, string? token, IPAddress address, RealtimeOptions options, DateTimeOffset now)
    {
        (Id, Token, Address, _options) = (id, token, address, options);
        Outbox = new(options.QueuedPackets);
        _pingDue = now + options.PingInterval;
        Deadline = now + options.PingInterval + options.PingTimeout;
    }

    public string Id { get; }

    /// <summary>The token in the address it was opened with, where one was.</summary>
    public string? Token { get; }
    public IPAddress Address { get; }

    /// <summary>The page it was opened by, where a browser says so.</summary>
    public string? Origin { get; init; }
    public Transport Transport { get; set; }

    /// <summary>When it ends: unless somebody has signed in by then, and afterwards when their token is over.</summary>
    public DateTimeOffset Deadline { get; set; }
    public PacketQueue Outbox { get; }
    public bool IsOver => Volatile.Read(ref _isOver) != 0;

    /// <summary>How to cut it off at once.</summary>
    public Action? Cut { get; set; }

    /// <summary>Told once, when nothing more is taken in or sent.</summary>
    public event Action<Connection>? Over;

    public void Send(ReadOnlyMemory<byte> packet)
    {
        if (!Outbox.TryAdd(packet)) Abort();
    }

    public void Finish()
    {
        Outbox.Complete();
        if (Interlocked.Exchange(ref _isOver, 1) == 0) Over?.Invoke(this);
    }

    public void Abort()
    {
        Finish();
        Cut?.Invoke();
    }

    /// <summary>False when another request already waits for packets: one of the two is not ours.</summary>
    public bool BeginPoll() => Interlocked.Increment(ref _polls) == 1;

    public void EndPoll() => Interlocked.Decrement(ref _polls);

    /// <summary>False when it has moved already, or is about to.</summary>
    public bool BeginUpgrade() => Interlocked.Exchange(ref _upgrades, 1) == 0;

    public void EndUpgrade() => Volatile.Write(ref _upgrades, 0);

    public void Pong(DateTimeOffset now)
    {
        _pongDue = DateTimeOffset.MaxValue;
        _pingDue = now + _options.PingInterval;
    }

    /// <summary>Asks whether anybody is there when that is due, and ends what has not answered in time.</summary>
    public void Beat(DateTimeOffset now)
    {
        if (now >= _pongDue)
        {
            Abort();
        }
        else if (now >= _pingDue)
        {
            (_pingDue, _pongDue) = (DateTimeOffset.MaxValue, now + _options.PingTimeout);
            Send(Packet.Ping);
        }
    }
}
