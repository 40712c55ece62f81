using System.Security.Cryptography;
using System.Text;
using Carillon.Data;
using Carillon.Data.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Http.Access;

/// <summary>
/// By which an application vouches that somebody is who they say: the HMAC-SHA256 of the subscriber's id under one of the
/// environment's API keys, in hex.
/// </summary>
internal sealed class SubscriberHashes(CarillonDb db, SecretBox box)
{
    public async Task<bool> VouchAsync(string subscriberId, string hash, CancellationToken ct)
    {
        var keys = await db.ApiKeys.AsNoTracking().Select(key => key.Cipher).ToListAsync(ct);
        return IsBy(keys.Select(cipher => box.Open(Purpose.ApiKey, cipher)), subscriberId, hash);
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
