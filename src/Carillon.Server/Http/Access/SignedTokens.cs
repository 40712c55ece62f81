using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Carillon.Server.Http.Access;

/// <summary>
/// JSON web tokens of one kind, HS256 under a key of their own. Who only ever shows an API key has nothing of what signs them loaded.
/// </summary>
internal sealed class SignedTokens(byte[] key, string? audience, TimeProvider clock)
{
    private const string Issuer = "novu_api";

    private readonly Lazy<Signing> _signing = new(() => new(key, audience, clock));

    public string Mint(TimeSpan validity, Dictionary<string, object?> claims) => _signing.Value.Mint(validity, claims);

    /// <summary>Null when it is not ours, was changed, or is over.</summary>
    public ValueTask<JsonWebToken?> ReadAsync(string token) => _signing.Value.ReadAsync(token);

    private sealed class Signing(byte[] key, string? audience, TimeProvider clock)
    {
        private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
        private readonly SigningCredentials _credentials = new(new SymmetricSecurityKey(key), SecurityAlgorithms.HmacSha256);
        private readonly TokenValidationParameters _rules = new()
        {
            IssuerSigningKey = new SymmetricSecurityKey(key),
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidIssuer = Issuer,
            ValidAudience = audience,
            ValidateAudience = audience is not null,
            LifetimeValidator = (_, expires, _, _) => expires is { } end && end > clock.GetUtcNow().UtcDateTime,
        };

        public string Mint(TimeSpan validity, Dictionary<string, object?> claims)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            return _handler.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = audience,
                IssuedAt = now,
                Expires = now + validity,
                Claims = claims!,
                SigningCredentials = _credentials,
            });
        }

        public async ValueTask<JsonWebToken?> ReadAsync(string token)
        {
            var result = await _handler.ValidateTokenAsync(token, _rules);
            return result.IsValid ? (JsonWebToken)result.SecurityToken : null;
        }
    }
}
