using Carillon.Server.Realtime.EngineIo;

namespace Carillon.Server.Realtime.Inboxes;

/// <summary>One subscriber's connections at this process, and which messages they have been told of lately.</summary>
internal sealed class OpenInbox(Visitor visitor, DateTimeOffset opened)
{
    private const int Remembered = 100;

    private Queue<string>? _told;
    private Connection[] _connections = [];

    public Visitor Visitor => visitor;

    public DateTimeOffset Opened => opened;

    public int Count => _connections.Length;

    public void Add(Connection connection) => _connections = [.. _connections, connection];

    public void Remove(Connection connection) => _connections = [.. _connections.Where(other => other != connection)];

    public void Send(ReadOnlyMemory<byte> packet)
    {
        foreach (var connection in _connections)
            connection.Send(packet);
    }

    /// <summary>False when they have been told of it; so a message is told once, however often we hear of it.</summary>
    public bool Tell(string messageId)
    {
        _told ??= new();
        if (_told.Contains(messageId)) return false;

        _told.Enqueue(messageId);
        if (_told.Count > Remembered) _told.Dequeue();
        return true;
    }
}
