using System.Text.Json.Serialization;
using Carillon.Data.Organizations;

namespace Carillon.Server.Organizations;

internal sealed record OrganizationView
{
    /// <summary>People run this themselves: nothing is held back for a higher level.</summary>
    public const string ServiceLevel = "unlimited";

    [JsonPropertyName("_id")]
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Logo { get; init; }
    public string ApiServiceLevel { get; } = ServiceLevel;
    public Branding? Branding { get; init; }
    public string? DefaultLocale { get; init; }
    public string? Domain { get; init; }
    public required IReadOnlyList<string> Language { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public static OrganizationView Of(Organization organization) => new()
    {
        Id = organization.Id,
        Name = organization.Name,
        Logo = organization.Logo,
        Branding = organization.Branding == new Branding() ? null : organization.Branding,
        DefaultLocale = organization.DefaultLocale,
        Domain = organization.Domain,
        Language = organization.Language,
        CreatedAt = organization.CreatedAt,
        UpdatedAt = organization.UpdatedAt,
    };
}
