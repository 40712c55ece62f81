using System.Text.Json.Serialization;
using Carillon.Data.Organizations;

namespace Carillon.Server.Organizations;

internal sealed record OrganizationView
{
    [JsonPropertyName("_id")]
    public required string ObjectId { get; init; }
    public required string Name { get; init; }
    public string? Logo { get; init; }
    public required string ApiServiceLevel { get; init; }
    public Branding? Branding { get; init; }
    public string? DefaultLocale { get; init; }
    public string? Domain { get; init; }
    public required IReadOnlyList<string> Language { get; init; }
    public required UseCasesPart ProductUseCases { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("__v")]
    public int DocumentVersion { get; }

    /// <summary>The same as <c>_id</c>; lists leave it out.</summary>
    public string? Id { get; init; }

    public static OrganizationView Of(Organization organization, string serviceLevel) =>
        InList(organization, serviceLevel) with { Id = organization.Id };

    public static OrganizationView InList(Organization organization, string serviceLevel) => new()
    {
        ObjectId = organization.Id,
        Name = organization.Name,
        Logo = organization.Logo,
        ApiServiceLevel = serviceLevel,
        Branding = organization.Branding == new Branding() ? null : organization.Branding,
        DefaultLocale = organization.DefaultLocale,
        Domain = organization.Domain,
        Language = organization.Language,
        ProductUseCases = UseCasesPart.Of(organization.ProductUseCases),
        CreatedAt = organization.CreatedAt,
        UpdatedAt = organization.UpdatedAt,
    };

    internal sealed record UseCasesPart(bool Delay, bool Translation, bool Digest)
    {
        [JsonPropertyName("multi_channel")]
        public required bool MultiChannel { get; init; }

        [JsonPropertyName("in_app")]
        public required bool InApp { get; init; }

        public static UseCasesPart Of(ProductUseCases wanted) =>
            new(wanted.Delay, wanted.Translation, wanted.Digest) { MultiChannel = wanted.MultiChannel, InApp = wanted.InApp };
    }
}
