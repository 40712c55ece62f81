using System.Globalization;
using System.Text.Json;

namespace Carillon.Engine.Steps.Time;

/// <summary>The date that a payload names for a scheduled delay, in the only form that the contract takes.</summary>
internal static class ScheduledDate
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>At a key that is called like the path, else at the path.</summary>
    public static DateTimeOffset? In(JsonElement payload, string path) =>
        (payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(path, out var own) ? own : Settings.At(payload, path))
            is { ValueKind: JsonValueKind.String } text
        && DateTimeOffset.TryParseExact(text.GetString(), Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;
}
