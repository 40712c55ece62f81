using System.Security.Cryptography;
using System.Text;
using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Server.Configuration;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>
/// Shows that the application made the link: the HMAC-SHA256 of the subscriber's id under one of the environment's API keys, in
/// hex. It is demanded unless both the integration and the operator do without.
/// </summary>
internal sealed class LinkSignature(CarillonDb db, SecretBox box, ChatOAuthOptions options)
{
    public async Task<Problem?> ProblemWithAsync(ChatLink link, ChatAccount account, CancellationToken ct)
    {
        if (account.DoesWithoutSignature && options.AllowUnsigned) return null;
        if (string.IsNullOrEmpty(link.HmacHash))
            return Problem.BadRequest("Hmac is enabled on the integration, please provide a HMAC hash on the request params");

        var keys = await db.ApiKeys.AsNoTracking().Select(key => key.Cipher).ToListAsync(ct);
        return IsBy(keys.Select(cipher => box.Open(Purpose.ApiKey, cipher)), link.SubscriberId, link.HmacHash)
            ? null
            : Problem.BadRequest("Hmac is enabled on the integration, please provide a valid HMAC hash");
    }

    // Every key is tried, also behind the one that fits: how long it takes tells nothing.
    private static bool IsBy(IEnumerable<string> keys, string subscriberId, string given)
    {
        var claimed = Encoding.UTF8.GetBytes(given.ToLowerInvariant());
        var fits = false;
        foreach (var key in keys)
        {
            var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(subscriberId));
            fits |= CryptographicOperations.FixedTimeEquals(claimed, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash)));
        }

        return fits;
    }
}
