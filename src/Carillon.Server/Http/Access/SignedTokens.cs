using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Carillon.Server.Http.Access;

/// <summary>JSON web tokens of one kind, HS256 under a key of their own.</summary>
internal sealed class SignedTokens
{
    private const string Issuer = "novu_api";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _signing;
    private readonly TokenValidationParameters _rules;
    private readonly TimeProvider _clock;
    private readonly string? _audience;

    public SignedTokens(byte[] key, string? audience, TimeProvider clock)
    {
        _clock = clock;
        _audience = audience;
        _signing = new(new SymmetricSecurityKey(key), SecurityAlgorithms.HmacSha256);
        _rules = new()
        {
            IssuerSigningKey = _signing.Key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidIssuer = Issuer,
            ValidAudience = audience,
            ValidateAudience = audience is not null,
            LifetimeValidator = (_, expires, _, _) => expires is { } end && end > clock.GetUtcNow().UtcDateTime,
        };
    }

    public string Mint(TimeSpan validity, Dictionary<string, object?> claims)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = _audience,
            IssuedAt = now,
            Expires = now + validity,
            Claims = claims!,
            SigningCredentials = _signing,
        });
    }

    /// <summary>Null when it is not ours, was changed, or is over.</summary>
    public async ValueTask<JsonWebToken?> ReadAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, _rules);
        return result.IsValid ? (JsonWebToken)result.SecurityToken : null;
    }
}
