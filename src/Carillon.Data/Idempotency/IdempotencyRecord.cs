using Carillon.Data.Mapping;

namespace Carillon.Data.Idempotency;

/// <summary>What a request with an Idempotency-Key was and how it ended. No status means it is still being worked on.</summary>
public sealed class IdempotencyRecord : IEnvironmentOwned
{
    public required string EnvironmentId { get; init; }

    /// <summary>Method and path, so that one key on two routes is two requests.</summary>
    public required string Route { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of the body as received, hex.</summary>
    public required string BodyHash { get; set; }
    public int? Status { get; set; }
    public string? Answer { get; set; }
    public required DateTimeOffset CreatedAt { get; set; }
    public required DateTimeOffset ExpiresAt { get; set; }
}
