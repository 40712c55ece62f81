using System.Security.Cryptography;
using System.Text.Json;

namespace Carillon.Tests.Providers;

/// <summary>Private keys for accounts that need one, made for the run: none is kept in the repository.</summary>
internal static class VendorKeys
{
    private static readonly string Rsa = RSA.Create(2048).ExportPkcs8PrivateKeyPem();
    private static readonly string Ec = ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem();

    public static string FillIn(string account) => account
        .Replace("{{service account}}", Quoted(JsonSerializer.Serialize(new { project_id = "shop-1", client_email = "push@shop-1.example", private_key = Rsa })), StringComparison.Ordinal)
        .Replace("{{key}}", Quoted(Ec), StringComparison.Ordinal);

    private static string Quoted(string text) => JsonSerializer.Serialize(text)[1..^1];
}
