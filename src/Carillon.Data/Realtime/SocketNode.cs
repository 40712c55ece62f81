namespace Carillon.Data.Realtime;

/// <summary>A process at which subscribers have sockets. One that does not say in time that it lives is taken for dead, and its subscribers for gone.</summary>
public sealed class SocketNode
{
    public required string Id { get; init; }
    public required DateTimeOffset AliveUntil { get; set; }
}
