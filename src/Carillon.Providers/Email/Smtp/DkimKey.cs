using System.Text;
using MimeKit;
using MimeKit.Cryptography;

namespace Carillon.Providers.Email.Smtp;

/// <summary>Signs mails in the name of a domain, when the account has all three: domain, selector and private key.</summary>
internal static class DkimKey
{
    private static readonly string[] Signed =
        ["From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"];

    /// <summary>Null when the mail is signed, or is not to be; otherwise why it could not be.</summary>
    public static string? Sign(MimeMessage message, Account account)
    {
        if (account.Text("domain") is not { } domain
            || account.Text("accountSid") is not { } selector || account.Text("secretKey") is not { } pem)
            return null;

        try
        {
            var signer = SignerOf(pem, domain, selector);

            // Signing must be the last change: what the server might want re-encoded is encoded before.
            message.Prepare(EncodingConstraint.SevenBit);
            signer.Sign(message, [.. Signed.Where(message.Headers.Contains)]);
            return null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or IOException or InvalidCastException)
        {
            return "The DKIM private key is not an RSA key in PEM form";
        }
    }

    // Keys that went through an environment variable or a form have their line breaks written as \n.
    private static DkimSigner SignerOf(string pem, string domain, string selector)
    {
        using var key = new MemoryStream(Encoding.ASCII.GetBytes(pem.Replace("\\n", "\n", StringComparison.Ordinal)));
        return new DkimSigner(key, domain, selector)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
    }
}
