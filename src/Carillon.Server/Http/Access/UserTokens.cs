using Carillon.Data.Secrets;
using Carillon.Data.Users;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Carillon.Server.Http.Access;

/// <summary>Tokens of signed-in users. They say who it is and for which organization; what may be done is looked up each time.</summary>
internal sealed class UserTokens(MasterSecret secret, TimeProvider clock)
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(30);

    private readonly SignedTokens _tokens = new(secret.KeyFor("user-token"), audience: null, clock);

    public string Mint(User user, string? organizationId, IReadOnlyList<string> roles, string? environmentId = null) => _tokens.Mint(Validity, new()
    {
        ["_id"] = user.Id,
        ["firstName"] = user.FirstName,
        ["lastName"] = user.LastName,
        ["email"] = user.Email,
        ["profilePicture"] = user.ProfilePicture,
        ["organizationId"] = organizationId,
        ["environmentId"] = environmentId,
        ["roles"] = roles,
    });

    public async ValueTask<UserToken?> ReadAsync(string token) =>
        await _tokens.ReadAsync(token) is { } claims && Text(claims, "_id") is { } userId
            ? new(userId, Text(claims, "organizationId"))
            : null;

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string?>(claim, out var value) ? value : null;
}

internal sealed record UserToken(string UserId, string? OrganizationId);
