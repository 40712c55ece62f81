using System.Globalization;
using System.Text.Json;
using Carillon.Providers.Http;

namespace Carillon.Providers.Reports;

/// <summary>One event as a vendor tells it; what is looked for and not there is null.</summary>
public readonly record struct ReportRow(JsonElement Json)
{
    /// <summary>A text, number or truth, by its path, as in <see cref="VendorAnswer"/>.</summary>
    public string? this[string path] => JsonBody.Text(JsonBody.Find(Json, path)) is { Length: > 0 } text ? Clean(text) : null;

    /// <summary>The first of these that is there.</summary>
    public string? First(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (this[path] is { } found) return found;
        }

        return null;
    }

    /// <summary>Vendors write times in seconds or milliseconds since 1970, or in words.</summary>
    internal static DateTimeOffset? Time(string? text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            var milliseconds = Math.Abs(number) < 1e11 ? number * 1000 : number;
            return Math.Abs(milliseconds) < 1e14 ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    // No database takes a NUL, or half a letter.
    private static string Clean(string text) =>
        text.Contains('\0') || text.Any(char.IsSurrogate) ? string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0)) : text;
}
