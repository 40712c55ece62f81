using System.Text.Json.Serialization;
using Carillon.Data.Environments;

namespace Carillon.Server.Environments;

internal sealed record EnvironmentView
{
    [JsonPropertyName("_id")]
    public required string ObjectId { get; init; }
    public required string Name { get; init; }
    public required string Identifier { get; init; }

    [JsonPropertyName("_organizationId")]
    public required string OrganizationId { get; init; }

    [JsonPropertyName("_parentId")]
    public string? ParentId { get; init; }
    public IReadOnlyList<ApiKeyView>? ApiKeys { get; init; }
    public required WidgetSettings Widget { get; init; }
    public BridgeAddress? Echo { get; init; }
    public BridgeAddress? Bridge { get; init; }
    public InboundDns? Dns { get; init; }

    /// <summary>By it days begin for whoever has no time zone; UTC where there is none.</summary>
    public string? Timezone { get; init; }

    /// <summary>True where nothing leaves through a provider; not there otherwise.</summary>
    public bool? Sandbox { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("__v")]
    public int DocumentVersion { get; }

    /// <summary>The same as <c>_id</c>; lists leave it out.</summary>
    public string? Id { get; init; }

    public static EnvironmentView Of(AppEnvironment environment, IReadOnlyList<ApiKeyView>? keys = null) => new()
    {
        ObjectId = environment.Id,
        Name = environment.Name,
        Identifier = environment.Identifier,
        OrganizationId = environment.OrganizationId,
        ParentId = environment.ParentId,
        ApiKeys = keys,
        Widget = new(NotificationCenterEncryption: false, environment.Settings.InboxOrigins),
        Echo = environment.Settings.BridgeUrl is { } echo ? new(echo) : null,
        Bridge = environment.Settings.BridgeUrl is { } url ? new(url) : null,
        Dns = environment.Settings.InboundParseDomain is { } domain ? new(environment.Settings.MxRecordConfigured, domain) : null,
        Timezone = environment.Settings.Timezone,
        Sandbox = environment.Settings.Sandbox ? true : null,
        CreatedAt = environment.CreatedAt,
        UpdatedAt = environment.UpdatedAt,
    };

    internal sealed record WidgetSettings(bool NotificationCenterEncryption, IReadOnlyList<string>? AllowedOrigins);

    internal sealed record BridgeAddress(string Url);

    internal sealed record InboundDns(bool MxRecordConfigured, string InboundParseDomain);
}
