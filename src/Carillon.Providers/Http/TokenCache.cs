using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace Carillon.Providers.Http;

/// <summary>Tokens that vendors hand out or accept for a while, by account.</summary>
internal sealed class TokenCache(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _tokens = [];

    public string? Find(string key) =>
        _tokens.TryGetValue(key, out var known) && known.Until > clock.GetUtcNow() ? known.Token : null;

    public string Keep(string key, string token, TimeSpan lifetime)
    {
        var now = clock.GetUtcNow();
        foreach (var (old, _) in _tokens.Where(entry => entry.Value.Until <= now))
            _tokens.TryRemove(old, out _);

        _tokens[key] = (token, now + lifetime);
        return token;
    }

    public void Forget(string key) => _tokens.TryRemove(key, out _);

    /// <summary>A hash, because keys outlive the message and should not hold a secret that long.</summary>
    public static string KeyOf(params IEnumerable<string?> parts) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)));
}
