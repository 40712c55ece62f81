using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Carillon.Data.Secrets;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>A state that came back. It is remembered as used until no clock among our nodes would take it any more.</summary>
internal sealed record ChatState(string Nonce, DateTimeOffset KeepUntil);

/// <summary>
/// What somebody who was sent to a chat provider comes back with: <c>nonce.seconds.integration.seal</c>. The seal covers for
/// whom and where it was made, so that it is worth nothing anywhere else.
/// </summary>
internal sealed class ChatStates(MasterSecret secret, TimeProvider clock)
{
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private readonly byte[] _key = secret.KeyFor("chat-oauth-state");

    public string Issue(ChatLink link, string integrationId)
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var at = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{nonce}.{at}.{integrationId}.{Seal(link, nonce, at, integrationId)}";
    }

    public (ChatState? State, Problem? Problem) Read(string? text, ChatLink link, string integrationId)
    {
        if (string.IsNullOrEmpty(text)) return (null, Problem.BadRequest("The state is missing"));
        if (text.Split('.') is not [var nonce, var at, var issuedFor, var seal]
            || !Fits(seal, Seal(link, nonce, at, issuedFor))
            || issuedFor != integrationId
            || !long.TryParse(at, CultureInfo.InvariantCulture, out var seconds))
            return (null, Problem.BadRequest("The state is not valid for this link"));

        var age = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (age < -Skew) return (null, Problem.BadRequest("The state is from the future"));
        if (age > Validity + Skew) return (null, Problem.BadRequest("The state has expired, please start again"));

        return (new(nonce, DateTimeOffset.FromUnixTimeSeconds(seconds) + Validity + (3 * Skew)), null);
    }

    // As a list of texts, so that none of them can borrow letters from its neighbour.
    private string Seal(ChatLink link, string nonce, string at, string integrationId)
    {
        string[] parts = [nonce, at, integrationId, link.EnvironmentId, link.ProviderId, link.SubscriberId];
        return Base64Url.EncodeToString(HMACSHA256.HashData(_key, JsonSerializer.SerializeToUtf8Bytes(parts, Wire.Json)));
    }

    private static bool Fits(string given, string wanted) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(wanted));
}
