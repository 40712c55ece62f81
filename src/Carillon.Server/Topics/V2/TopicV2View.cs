using System.Text.Json.Serialization;
using Carillon.Data.Topics;

namespace Carillon.Server.Topics.V2;

internal sealed record TopicV2View(
    [property: JsonPropertyName("_id")] string Id, string Key, string Name, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static TopicV2View Of(Topic topic) => new(topic.Id, topic.Key, topic.Name, topic.CreatedAt, topic.UpdatedAt);
}
