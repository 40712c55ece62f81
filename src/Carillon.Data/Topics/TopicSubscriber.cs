using Carillon.Data.Mapping;

namespace Carillon.Data.Topics;

public sealed class TopicSubscriber : IEnvironmentOwned
{
    public required string TopicId { get; init; }
    public required string SubscriberId { get; init; }
    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
