using Carillon.Data.Mapping;

namespace Carillon.Data.ChatOAuth;

/// <summary>A state of the chat OAuth flow that has been used. Kept until it would have expired anyway.</summary>
public sealed class ConsumedState : IEnvironmentOwned
{
    public required string Nonce { get; init; }
    public required string EnvironmentId { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
