using System.Security.Cryptography.X509Certificates;

namespace Carillon.Providers.Http;

internal static class OutboundTls
{
    /// <summary>
    /// How certificates of outside servers are checked: without fetching anything. A certificate names addresses for
    /// issuers and revocation lists, and a look-up there would go round the guard.
    /// </summary>
    public static X509ChainPolicy ChainPolicy() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
    };
}
