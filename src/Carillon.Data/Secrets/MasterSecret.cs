using System.Security.Cryptography;
using System.Text;

namespace Carillon.Data.Secrets;

/// <summary>The one secret everything else is derived from: each purpose gets a key of its own, so none opens another's door.</summary>
public sealed class MasterSecret(string secret)
{
    public const int MinimumLength = 32;

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    public byte[] KeyFor(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, outputLength: 32, info: Encoding.UTF8.GetBytes($"carillon:{purpose}"));
}
