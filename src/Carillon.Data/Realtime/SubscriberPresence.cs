using Carillon.Data.Mapping;

namespace Carillon.Data.Realtime;

/// <summary>That a subscriber has a socket at a node. Online is who has one anywhere.</summary>
public sealed class SubscriberPresence : IEnvironmentOwned
{
    public required string SubscriberId { get; init; }
    public required string NodeId { get; init; }
    public required string EnvironmentId { get; init; }
}
