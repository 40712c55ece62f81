using System.Text.Json.Serialization;
using Carillon.Data.Feeds;

namespace Carillon.Server.Feeds;

/// <summary>A feed as clients see it. In lists it carries its id once, on its own twice.</summary>
internal sealed record FeedView(
    string Name,
    string Identifier,
    [property: JsonPropertyName("_organizationId")] string OrganizationId,
    [property: JsonPropertyName("_environmentId")] string EnvironmentId,
    [property: JsonPropertyName("_id")] string Id,
    bool Deleted,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? DeletedAt)
{
    [JsonPropertyName("__v")]
    public int Revision { get; }

    [JsonPropertyName("id")]
    public string? SecondId { get; private init; }

    public static FeedView InList(Feed feed) => new(
        feed.Name, feed.Name, feed.OrganizationId, feed.EnvironmentId, feed.Id, feed.DeletedAt is not null, feed.CreatedAt, feed.UpdatedAt, feed.DeletedAt);

    public static FeedView Of(Feed feed) => InList(feed) with { SecondId = feed.Id };
}
