using Carillon.Data.Mapping;

namespace Carillon.Data.Environments;

/// <summary>
/// Looked up by hash. The cipher is kept because the contract lets users read their key back and uses it as an HMAC key.
/// </summary>
public sealed class ApiKey : IEnvironmentOwned
{
    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string OrganizationId { get; init; }
    public required string UserId { get; set; }

    /// <summary>SHA-256 of the key, hex.</summary>
    public required string Hash { get; init; }
    public required string Prefix { get; init; }
    public required string Cipher { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}
