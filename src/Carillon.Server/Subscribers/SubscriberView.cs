using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Data;
using Carillon.Data.Mapping;
using Carillon.Data.Secrets;
using Carillon.Data.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers;

/// <summary>A subscriber with everything, credentials included: for API keys and users, never for subscribers' tokens.</summary>
internal sealed record SubscriberView
{
    [JsonPropertyName("_id")]
    public required string ObjectId { get; init; }

    [JsonPropertyName("_organizationId")]
    public required string OrganizationId { get; init; }

    [JsonPropertyName("_environmentId")]
    public required string EnvironmentId { get; init; }
    public required string SubscriberId { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Avatar { get; init; }
    public string? Locale { get; init; }
    public string? Timezone { get; init; }
    public JsonElement? Data { get; init; }
    public required IReadOnlyList<ChannelView> Channels { get; init; }
    public bool? IsOnline { get; init; }
    public DateTimeOffset? LastOnlineAt { get; init; }
    public bool Deleted { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("__v")]
    public int DocumentVersion { get; }

    /// <summary>The same as <c>_id</c>; lists leave it out.</summary>
    public string? Id { get; init; }

    public static async Task<SubscriberView> OfAsync(Subscriber subscriber, CarillonDb db, SecretBox box, CancellationToken ct)
    {
        var view = (await ListAsync([subscriber], db, box, ct))[0];
        return view with { Id = view.ObjectId };
    }

    public static async Task<IReadOnlyList<SubscriberView>> ListAsync(
        IReadOnlyList<Subscriber> subscribers, CarillonDb db, SecretBox box, CancellationToken ct)
    {
        var ids = subscribers.Select(subscriber => subscriber.Id).ToList();
        var channels = await db.SubscriberChannels.AsNoTracking()
            .Where(channel => ids.Contains(channel.SubscriberId))
            .OrderBy(channel => channel.CreatedAt).ThenBy(channel => channel.IntegrationId)
            .ToListAsync(ct);

        var bySubscriber = channels.ToLookup(channel => channel.SubscriberId, channel => ChannelView.Of(channel, box));
        return [.. subscribers.Select(subscriber => Of(subscriber, [.. bySubscriber[subscriber.Id]]))];
    }

    private static SubscriberView Of(Subscriber subscriber, IReadOnlyList<ChannelView> channels) => new()
    {
        ObjectId = subscriber.Id,
        OrganizationId = subscriber.OrganizationId,
        EnvironmentId = subscriber.EnvironmentId,
        SubscriberId = subscriber.ExternalId,
        FirstName = subscriber.FirstName,
        LastName = subscriber.LastName,
        Email = subscriber.Email,
        Phone = subscriber.Phone,
        Avatar = subscriber.Avatar,
        Locale = subscriber.Locale,
        Timezone = subscriber.Timezone,
        Data = subscriber.Data,
        Channels = channels,
        IsOnline = subscriber.IsOnline,
        LastOnlineAt = subscriber.LastOnlineAt,
        CreatedAt = subscriber.CreatedAt,
        UpdatedAt = subscriber.UpdatedAt,
    };

    internal sealed record ChannelView(
        [property: JsonPropertyName("_integrationId")] string IntegrationId, string ProviderId, ChannelCredentials Credentials)
    {
        public static ChannelView Of(SubscriberChannel channel, SecretBox box) => new(
            channel.IntegrationId,
            channel.ProviderId,
            JsonColumn.Read<ChannelCredentials>(box.Open(Purpose.ChannelCredentials, channel.Cipher)));
    }
}
