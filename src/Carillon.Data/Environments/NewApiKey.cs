using System.Security.Cryptography;
using System.Text;
using Carillon.Data.Secrets;

namespace Carillon.Data.Environments;

/// <summary>A key at the one moment its clear text is at hand: 16 random bytes, hex, as clients know them.</summary>
public sealed record NewApiKey(ApiKey Row, string ClearText)
{
    private const int ShownPrefix = 4;

    public static NewApiKey For(AppEnvironment environment, string userId, Ids ids, SecretBox box, DateTimeOffset now)
    {
        var key = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var row = new ApiKey
        {
            Id = ids.New(),
            EnvironmentId = environment.Id,
            OrganizationId = environment.OrganizationId,
            UserId = userId,
            Hash = HashOf(key),
            Prefix = key[..ShownPrefix],
            Cipher = box.Seal(Purpose.ApiKey, key),
            CreatedAt = now,
        };
        return new(row, key);
    }

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
