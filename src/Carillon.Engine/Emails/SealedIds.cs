using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Carillon.Engine.Emails;

/// <summary>Ids in an address, and how long it is current, signed: whoever has the address can name nobody but whom it was made for.</summary>
internal sealed class SealedIds(byte[] key, int count, TimeProvider clock)
{
    private const int IdLength = 24;
    private const int DayLength = 8;
    private const int DaysCurrent = 365;

    public string Write(params IReadOnlyList<string> ids)
    {
        // By the day, so that a mail that is made twice says the same.
        var text = string.Create(CultureInfo.InvariantCulture, $"{string.Concat(ids)}{Today + DaysCurrent:x8}");
        return text + SealOf(text);
    }

    /// <summary>Null for what we did not sign.</summary>
    public Unsealed? Read(string token)
    {
        var length = (count * IdLength) + DayLength;
        if (token.Length <= length) return null;

        var (text, seal) = (token[..length], Encoding.UTF8.GetBytes(token[length..]));
        return CryptographicOperations.FixedTimeEquals(seal, Encoding.UTF8.GetBytes(SealOf(text)))
            ? new([.. text[..^DayLength].Chunk(IdLength).Select(id => new string(id))], IsCurrent: Today <= Convert.ToInt64(text[^DayLength..], 16))
            : null;
    }

    private long Today => clock.GetUtcNow().ToUnixTimeSeconds() / (24 * 60 * 60);

    private string SealOf(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}

/// <summary>What an address of ours says. It is current for a year.</summary>
internal sealed record Unsealed(IReadOnlyList<string> Ids, bool IsCurrent);
