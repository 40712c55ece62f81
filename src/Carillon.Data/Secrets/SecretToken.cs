using System.Security.Cryptography;

namespace Carillon.Data.Secrets;

/// <summary>What only its receiver knows, spelled as a random UUID, because clients take nothing else for a token.</summary>
public static class SecretToken
{
    public static string New()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
