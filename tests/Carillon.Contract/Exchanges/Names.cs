using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Carillon.Contract.Exchanges;

/// <summary>
/// What the recorded ids, keys, tokens and generated identifiers are called here. A name is learnt from the answer in which it
/// appears first, and has to stay the same from then on.
/// </summary>
internal sealed partial class Names(Names? below = null)
{
    private readonly Dictionary<string, string> _ours = new(StringComparer.Ordinal);

    // Names that do not look like any, and are found only by looking for each.
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    // What is a name here already, and so cannot be another one's.
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private bool _settled = below?._settled ?? false;

    /// <summary>Names to try out, which are forgotten unless <see cref="Keep"/> is called.</summary>
    public Names Trial() => new(this);

    public void Keep()
    {
        foreach (var (recorded, ours) in _ours)
            below!._ours[recorded] = ours;
        foreach (var (recorded, ours) in _words)
            below!._words[recorded] = ours;
        if (_settled) below!._taken.UnionWith(_ours.Values);
    }

    /// <summary>From here on two recorded names are two here as well. What leads up to a story is another one's, and has names to spare.</summary>
    public void Settle() => _settled = true;

    /// <summary>Whether this is what something recorded is called here.</summary>
    public bool IsTaken(string ours) => _taken.Contains(ours) || (below?.IsTaken(ours) ?? false);

    public void Learn(string recorded, string ours) => _words.Add(recorded, ours);

    /// <summary>Recorded text in our names.</summary>
    public string Translate(string text)
    {
        var known = Token().Replace(text, token => Find(token.Value) ?? Signature(token.Value, text) ?? token.Value);
        foreach (var (recorded, ours) in Words())
            known = known.Replace(recorded, ours, StringComparison.Ordinal);
        return known;
    }

    /// <summary>Whether both say the same in their own names. Names that are new are learnt.</summary>
    public bool Agree(string recorded, string actual)
    {
        if (recorded == actual || Translate(recorded) == actual) return true;
        if (Skeleton(recorded) != Skeleton(actual)) return AgreeOnSuffix(recorded, actual);

        var pairs = Token().Matches(recorded).Zip(Token().Matches(actual), (one, other) => (Recorded: one.Value, Ours: other.Value));
        return pairs.All(pair => AgreeOnName(pair.Recorded, pair.Ours));
    }

    private bool AgreeOnName(string recorded, string ours)
    {
        if (IsInstant(recorded) || IsDigest(recorded)) return true;
        if (!IsToken(recorded) && Find(recorded) is { } known) return known == ours;

        if (!IsToken(recorded) && IsTaken(ours)) return false;

        _ours[recorded] = ours;
        return true;
    }

    // An identifier that was made unique by what follows the name, or made up altogether.
    private bool AgreeOnSuffix(string recorded, string actual)
    {
        var (one, other) = (Suffix().Match(recorded), Suffix().Match(actual));
        var alike = one.Success && other.Success && recorded[..one.Index] == actual[..other.Index];
        if (!alike || Words().Any(word => word.Key == recorded)) return false;

        _words.Add(recorded, actual);
        return true;
    }

    private string? Find(string recorded) => _ours.GetValueOrDefault(recorded) ?? below?.Find(recorded);

    private IEnumerable<KeyValuePair<string, string>> Words() => below is null ? _words : _words.Concat(below.Words());

    private IEnumerable<KeyValuePair<string, string>> All() => below is null ? _ours : _ours.Concat(below.All());

    // A subscriber's signature is made with a key, which is another one here.
    private string? Signature(string recorded, string text)
    {
        if (recorded.Length != 64) return null;

        var subscribers = Subscriber().Matches(text).Select(match => match.Groups[1].Value).ToList();
        var made =
            from key in All()
            where key.Key.Length == 32
            from subscriber in subscribers
            where Sign(key.Key, subscriber) == recorded
            select Sign(key.Value, subscriber);
        return made.FirstOrDefault();
    }

    private static string Sign(string key, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));

    // Whoever logs in again is given another token for the same claims.
    private static bool IsToken(string text) => text[0] == '<';

    private static bool IsDigest(string text) => text.Length == 64;

    private static bool IsInstant(string text) =>
        text.Contains('T', StringComparison.Ordinal) && (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _)
            || DateTime.TryParseExact(text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    private static string Skeleton(string text) => Token().Replace(text, token => token.Value switch
    {
        ['<', ..] or ['e', 'y', ..] => "<token>",
        var name when IsInstant(name) => "<instant>",
        var name => $"<{name.Length}>",
    });

    // Tokens of users and subscribers as recorded and as they are; digests, keys, ids, UUIDs; instants.
    [GeneratedRegex(
        @"<jwt[^>]*>|eyJ[\w-]+\.[\w-]+\.[\w-]+|\b(?:[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{24}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b|\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|\b\d{8}T\d{6}Z\b")]
    private static partial Regex Token();

    [GeneratedRegex("(?<=-|^)(?=[A-Za-z_-]*[0-9A-Z_])[0-9A-Za-z_-]{5,14}$")]
    private static partial Regex Suffix();

    [GeneratedRegex("(?:\"subscriberId\":\"|/subscribers/)([^\"/]+)")]
    private static partial Regex Subscriber();
}
