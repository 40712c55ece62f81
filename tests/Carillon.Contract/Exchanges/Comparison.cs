using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Carillon.Contract.Exchanges;

/// <summary>Compares JSON by structure: the same fields, of the same types, with the same values where they are not names or instants.</summary>
internal sealed class Comparison(Exchange exchange, Names names)
{
    // Longer lists are compared as they stand; trying every pair would take too long.
    private const int LongestUnordered = 60;

    private readonly List<Difference> _found = [];

    // The innermost thing with an id that is being compared, and where it is.
    private (string Id, string At)? _thing;

    public IReadOnlyList<Difference> Found => _found;

    public void Add(string at, string recorded, string actual) =>
        _found.Add(new(exchange, at, recorded, actual) { Of = _thing is { } thing ? $"{thing.Id} {at[thing.At.Length..]}" : null });

    public void Compare(string at, JsonNode? recorded, JsonNode? actual)
    {
        if (Kind(recorded) != Kind(actual))
        {
            Add(at, Print(recorded), Print(actual));
            return;
        }

        switch (recorded)
        {
            case JsonObject members: CompareThing(at, members, (JsonObject)actual!); break;
            case JsonArray items: CompareItems(at, items, (JsonArray)actual!); break;
            case JsonValue value when value.TryGetValue<string>(out var text): CompareText(at, text, (string)actual!); break;
            default: if (Print(recorded) != Print(actual)) Add(at, Print(recorded), Print(actual)); break;
        }
    }

    private void CompareThing(string at, JsonObject recorded, JsonObject actual)
    {
        var around = _thing;
        if (IdOf(recorded) is { } id) _thing = (id, at);
        CompareMembers(at, recorded, actual);
        _thing = around;
    }

    private void CompareMembers(string at, JsonObject recorded, JsonObject actual)
    {
        foreach (var (name, value) in recorded)
        {
            if (actual.ContainsKey(name)) Compare(Below(at, name), value, actual[name]);
            else Add(Below(at, name), Print(value), "(missing)");
        }

        foreach (var (name, value) in actual.Where(member => !recorded.ContainsKey(member.Key)))
            Add(Below(at, name), "(none)", Print(value));
    }

    private void CompareItems(string at, JsonArray recorded, JsonArray actual)
    {
        if (recorded.Count != actual.Count) Add(at, $"{recorded.Count} items", $"{actual.Count} items");
        if (recorded.Count != actual.Count && !recorded.Any(item => item is JsonObject)) return;

        var order = OrderOf(recorded, actual);
        if (recorded.Count == actual.Count && !order.SequenceEqual(Enumerable.Range(0, order.Count)) && !IsOfOneMoment(recorded, order))
            Add($"{at} order", "as recorded", string.Join(',', order));
        foreach (var (item, index) in recorded.Zip(order))
        {
            if (index >= 0) Compare($"{at}[]", item, actual[index]);
        }
    }

    // For each recorded item the one it is here: its own place if it fits there, else the first that fits, else the best of those left.
    private List<int> OrderOf(JsonArray recorded, JsonArray actual)
    {
        var places = Enumerable.Range(0, actual.Count).ToList();
        if (recorded.Count == actual.Count && (recorded.Count > LongestUnordered || recorded.Zip(actual).All(pair => Distance(pair.First, pair.Second) == 0)))
            return places;

        List<int> order = [];
        foreach (var (item, place) in recorded.Select((item, place) => (item, place)))
        {
            var best = places.Where(other => MayBe(item, actual[other])).DefaultIfEmpty(-1)
                .MinBy(other => other < 0 ? (0, 0) : (Distance(item, actual[other]), Math.Abs(other - place)));
            order.Add(best);
            places.Remove(best);
        }

        return order;
    }

    // The original worked on several things at once; in which order they came to be within a second was chance.
    private static bool IsOfOneMoment(JsonArray recorded, List<int> order)
    {
        var times = recorded.Select(item => item is JsonObject thing && DateTimeOffset.TryParse(thing["createdAt"]?.ToString(), CultureInfo.InvariantCulture, out var at) ? at : (DateTimeOffset?)null).ToList();
        return !order.Contains(-1) && Enumerable.Range(0, order.Count).All(one => Enumerable.Range(one, order.Count - one).All(other =>
            order[one] <= order[other] || (times[one] - times[other])?.Duration() <= TimeSpan.FromSeconds(1)));
    }

    // Its own, or that of what it is about.
    private static string? IdOf(JsonObject thing) =>
        (thing["_id"] ?? thing["id"] ?? (thing["template"] as JsonObject)?["_id"] ?? (thing["workflow"] as JsonObject)?["id"])?.ToString();

    // Two with ids are the same only if the ids may be.
    private bool MayBe(JsonNode? recorded, JsonNode? actual) =>
        recorded is not JsonObject one || actual is not JsonObject other || one["_id"] is not JsonValue id || other["_id"] is not JsonValue ours
        || names.Trial().Agree(id.ToString(), ours.ToString());

    private int Distance(JsonNode? recorded, JsonNode? actual)
    {
        var trial = new Comparison(exchange, names.Trial());
        trial.Compare("", recorded, actual);
        return trial._found.Count;
    }

    private void CompareText(string at, string recorded, string actual)
    {
        var trial = names.Trial();
        if (trial.Agree(InOrder(recorded), InOrder(actual))) trial.Keep();
        else if (IsBeyondComparing(recorded) || IsVersion(at) || (IsDay(recorded) && DateTimeOffset.TryParse(actual, CultureInfo.InvariantCulture, out _))) return;
        else if (Parsed(recorded) is { } one && Parsed(actual) is { } other) Compare($"{at}<json>", one, other);
        else Add(at, Print(names.Translate(recorded)), Print(actual));
    }

    // Parameters mean the same in any order.
    private static string InOrder(string text) =>
        text.StartsWith("http", StringComparison.Ordinal) && text.Split('?') is [var place, var query] ? $"{place}?{string.Join('&', query.Split('&').Order(StringComparer.Ordinal))}" : text;

    // Which release answers.
    private static bool IsVersion(string at) => at.EndsWith("apiVersion.version", StringComparison.Ordinal);

    // Ciphertext under the original's key, and free text that names a product.
    private static bool IsBeyondComparing(string recorded) =>
        recorded.StartsWith("nvsk.", StringComparison.Ordinal) || recorded.Split(' ').Contains("Novu");

    private static bool IsDay(string text) => DateTime.TryParseExact(text, "ddd MMM dd yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static JsonNode? Parsed(string text)
    {
        if (text is not ['{' or '[', ..]) return null;
        try { return JsonNode.Parse(text); }
        catch (JsonException) { return null; }
    }

    private static JsonValueKind Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        null => JsonValueKind.Null,
        JsonValueKind.False => JsonValueKind.True,
        var kind => kind.Value,
    };

    private static string Print(JsonNode? node) => node?.ToJsonString(Exchange.Plain) ?? "null";

    private static string Below(string at, string name) => at.Length == 0 ? name : $"{at}.{name}";
}
