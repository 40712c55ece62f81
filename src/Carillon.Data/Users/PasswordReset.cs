namespace Carillon.Data.Users;

/// <summary>Leave to choose a new password, once, for whoever has the token. Only its hash is kept.</summary>
public sealed class PasswordReset
{
    public required string Id { get; init; }
    public required string UserId { get; init; }

    /// <summary>SHA-256 of the token, hex.</summary>
    public required string Hash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
