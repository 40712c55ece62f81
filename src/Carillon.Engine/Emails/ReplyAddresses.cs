using System.Security.Cryptography;
using System.Text;
using Carillon.Data.Secrets;

namespace Carillon.Engine.Emails;

/// <summary>
/// The addresses to which mails are answered: each names one message and is signed, so that nobody answers what they were not sent.
/// In letters that survive whoever writes addresses in capitals, and no more of them than a mailbox's name may have.
/// </summary>
public sealed class ReplyAddresses(MasterSecret secret)
{
    private const string Prefix = "parse+";
    private const int IdLength = 24;
    private const int SealLength = 24;

    private readonly byte[] _key = secret.KeyFor("reply-address");

    public string Of(string messageId, string domain) => $"{Prefix}{messageId}-{SealOf(messageId)}@{domain}";

    /// <summary>The message that a mailbox's name stands for; null for what we did not sign. What stands before the plus is the sender's affair.</summary>
    public string? MessageIn(string mailbox)
    {
        var name = mailbox[(mailbox.IndexOf('+', StringComparison.Ordinal) + 1)..].ToLowerInvariant();
        if (name.Length != IdLength + 1 + SealLength || name[IdLength] != '-' || !name[..IdLength].All(char.IsAsciiHexDigitLower)) return null;

        var seal = Encoding.UTF8.GetBytes(name[(IdLength + 1)..]);
        return CryptographicOperations.FixedTimeEquals(seal, Encoding.ASCII.GetBytes(SealOf(name[..IdLength]))) ? name[..IdLength] : null;
    }

    private string SealOf(string messageId) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(messageId)))[..SealLength];
}
