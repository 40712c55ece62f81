using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Carillon.Engine.Emails;

/// <summary>Ids in an address, signed, so that whoever has the address can name nobody but whom it was made for.</summary>
internal sealed class SealedIds(byte[] key, int count)
{
    private const int IdLength = 24;

    public string Write(params IReadOnlyList<string> ids) => $"{string.Concat(ids)}{SealOf(string.Concat(ids))}";

    /// <summary>Null for what we did not sign.</summary>
    public IReadOnlyList<string>? Read(string token)
    {
        if (token.Length <= count * IdLength) return null;

        var ids = token[..(count * IdLength)];
        var seal = Encoding.UTF8.GetBytes(token[ids.Length..]);
        return CryptographicOperations.FixedTimeEquals(seal, Encoding.UTF8.GetBytes(SealOf(ids)))
            ? [.. ids.Chunk(IdLength).Select(id => new string(id))]
            : null;
    }

    private string SealOf(string ids) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(ids)));
}
