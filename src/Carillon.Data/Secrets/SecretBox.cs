using System.Security.Cryptography;
using System.Text;

namespace Carillon.Data.Secrets;

/// <summary>
/// Seals text at rest with AES-256-GCM. The form is <c>v1.nonce.tag.cipher</c>: the prefix names the key, so that a later one
/// can be introduced. What it is for is bound in: a sealed value copied into another kind of column does not open.
/// </summary>
public sealed class SecretBox(MasterSecret master)
{
    private const string KeyId = "v1";

    private readonly byte[] _key = master.KeyFor("at-rest:" + KeyId);

    public string Seal(string purpose, string plain)
    {
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        var text = Encoding.UTF8.GetBytes(plain);
        var cipher = new byte[text.Length];

        using var aes = new AesGcm(_key, tag.Length);
        aes.Encrypt(nonce, text, cipher, tag, Encoding.UTF8.GetBytes(purpose));

        return string.Join('.', KeyId, Convert.ToBase64String(nonce), Convert.ToBase64String(tag), Convert.ToBase64String(cipher));
    }

    /// <exception cref="CryptographicException">The value was changed, or sealed with another master secret or purpose.</exception>
    public string Open(string purpose, string sealedText)
    {
        if (sealedText.Split('.') is not [KeyId, var nonce, var tag, var cipher])
            throw new CryptographicException("The sealed value has an unknown form or key.");

        var tagBytes = Convert.FromBase64String(tag);
        var cipherBytes = Convert.FromBase64String(cipher);
        var plain = new byte[cipherBytes.Length];

        using var aes = new AesGcm(_key, tagBytes.Length);
        aes.Decrypt(Convert.FromBase64String(nonce), cipherBytes, tagBytes, plain, Encoding.UTF8.GetBytes(purpose));

        return Encoding.UTF8.GetString(plain);
    }
}
