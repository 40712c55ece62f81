using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Carillon.Engine.Conditions;

/// <summary>
/// What each operator asks of a value. What is expected is read as the type that the value has, so that <c>"5"</c> equals 5.
/// Each operator that begins with NOT holds exactly where the other does not, also of a value that is missing or of another type.
/// </summary>
public static class Operators
{
    private delegate bool Rule(JsonElement? actual, Expectation expected);

    private static readonly FrozenDictionary<string, Rule> Rules = new Dictionary<string, Rule>
    {
        ["ALL_IN"] = (actual, expected) => expected.List.Count > 0 && expected.List.All(one => Contains(actual, one)),
        ["ANY_IN"] = (actual, expected) => expected.List.Any(one => Contains(actual, one)),
        ["BETWEEN"] = IsBetween,
        ["EQUAL"] = (actual, expected) => AreEqual(actual, expected.Text),
        ["IN"] = (actual, expected) => Contains(actual, expected.Text),
        ["IS_DEFINED"] = (actual, _) => actual is not null,
        ["LARGER"] = (actual, expected) => Compare(actual, expected.Text) > 0,
        ["LARGER_EQUAL"] = (actual, expected) => Compare(actual, expected.Text) >= 0,
        ["LIKE"] = (actual, expected) => IsLike(actual, expected.Text),
        ["NOT_BETWEEN"] = (actual, expected) => !IsBetween(actual, expected),
        ["NOT_EQUAL"] = (actual, expected) => !AreEqual(actual, expected.Text),
        ["NOT_IN"] = (actual, expected) => !Contains(actual, expected.Text),
        ["NOT_LIKE"] = (actual, expected) => !IsLike(actual, expected.Text),
        ["SMALLER"] = (actual, expected) => Compare(actual, expected.Text) < 0,
        ["SMALLER_EQUAL"] = (actual, expected) => Compare(actual, expected.Text) <= 0,
    }.ToFrozenDictionary();

    public static IReadOnlyList<string> Names { get; } = [.. Rules.Keys.Order(StringComparer.Ordinal)];

    internal static bool Holds(string? name, JsonElement? actual, Expectation expected) =>
        name is not null && Rules.TryGetValue(name, out var rule) && rule(actual, expected);

    private static bool AreEqual(JsonElement? actual, string expected) => actual switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() == expected,
        { ValueKind: JsonValueKind.Number } => Compare(actual, expected) == 0,
        { ValueKind: JsonValueKind.True } => expected == "true",

        // As it always was: whatever is not "true" counts as false.
        { ValueKind: JsonValueKind.False } => expected != "true",
        _ => false,
    };

    /// <summary>Null where the two cannot be compared. Texts compare letter by letter, as dates written year first want it.</summary>
    private static int? Compare(JsonElement? actual, string expected) => actual switch
    {
        { ValueKind: JsonValueKind.String } text => string.CompareOrdinal(text.GetString(), expected),
        { ValueKind: JsonValueKind.Number } number when Number(expected) is { } other => number.GetDouble().CompareTo(other),
        _ => null,
    };

    private static bool IsBetween(JsonElement? actual, Expectation expected) =>
        expected.List is [var least, var most] && Compare(actual, least) >= 0 && Compare(actual, most) <= 0;

    private static bool Contains(JsonElement? actual, string expected) => actual switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Contains(expected, StringComparison.Ordinal),
        { ValueKind: JsonValueKind.Array } items => items.EnumerateArray().Any(item => AreEqual(item, expected)),
        _ => false,
    };

    /// <summary>Whatever the case of letters. <c>%</c> stands for anything; without one, the text may be anywhere.</summary>
    private static bool IsLike(JsonElement? actual, string pattern)
    {
        var text = actual switch
        {
            { ValueKind: JsonValueKind.String } given => given.GetString()!,
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };
        if (text is null) return false;
        if (!pattern.Contains('%', StringComparison.Ordinal)) return text.Contains(pattern, StringComparison.OrdinalIgnoreCase);

        var parts = pattern.Split('%');
        return text.Length >= parts[0].Length + parts[^1].Length
            && text.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)
            && text.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase)
            && AreInOrder(text.AsSpan(parts[0].Length, text.Length - parts[0].Length - parts[^1].Length), parts.AsSpan(1, parts.Length - 2));
    }

    private static bool AreInOrder(ReadOnlySpan<char> text, ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            var at = text.IndexOf(part, StringComparison.OrdinalIgnoreCase);
            if (at < 0) return false;
            text = text[(at + part.Length)..];
        }

        return true;
    }

    // An empty text is a zero in JavaScript, which nobody means who leaves a value out.
    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
