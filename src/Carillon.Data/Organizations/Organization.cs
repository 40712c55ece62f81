namespace Carillon.Data.Organizations;

/// <summary>Who owns environments, and whom users are members of.</summary>
public sealed class Organization
{
    public required string Id { get; init; }
    public required string Name { get; set; }
    public string? Logo { get; set; }
    public Branding Branding { get; set; } = new();
    public string? DefaultLocale { get; set; }
    public string? Domain { get; set; }
    public IReadOnlyList<string> Language { get; set; } = [];
    public ProductUseCases ProductUseCases { get; set; } = new();
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>What people said on signing up that they want to do.</summary>
public sealed record ProductUseCases(
    bool Delay = false, bool Translation = false, bool Digest = false, bool MultiChannel = false, bool InApp = false);

/// <summary>What templates see as <c>branding</c>.</summary>
public sealed record Branding(
    string? Logo = null,
    string? Color = null,
    string? FontColor = null,
    string? ContentBackground = null,
    string? FontFamily = null,
    string? Direction = null);
