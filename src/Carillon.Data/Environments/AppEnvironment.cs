using Carillon.Data.Outgoing;

namespace Carillon.Data.Environments;

/// <summary>The isolation unit. Every row of customer data belongs to exactly one; Production's parent is Development.</summary>
public sealed class AppEnvironment
{
    public const string Development = "Development";
    public const string Production = "Production";

    public required string Id { get; init; }
    public required string OrganizationId { get; init; }
    public required string Name { get; set; }

    /// <summary>The public "application identifier" that inbox components name.</summary>
    public required string Identifier { get; set; }

    public string? ParentId { get; set; }
    public EnvironmentSettings Settings { get; set; } = new();

    /// <summary>Its endpoints for events that are switched on; written together with them.</summary>
    public IReadOnlyList<Outlet> Outlets { get; set; } = [];
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}

public sealed record EnvironmentSettings(string? BridgeUrl = null, string? InboundParseDomain = null, bool MxRecordConfigured = false, string? Timezone = null)
{
    /// <summary>Whether everything is done as ever, but no message leaves through a provider.</summary>
    public bool Sandbox { get; init; }

    /// <summary>The pages that may show its inboxes, as browsers name them; none means any.</summary>
    public IReadOnlyList<string>? InboxOrigins { get; init; }

    /// <summary>Only browsers say which page they act for; to others a list of pages means nothing.</summary>
    public bool OpensInboxTo(string? origin) =>
        InboxOrigins is not { Count: > 0 } pages || string.IsNullOrEmpty(origin) || pages.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
