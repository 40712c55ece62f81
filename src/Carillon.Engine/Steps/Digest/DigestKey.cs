using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Carillon.Engine.Steps.Time;

namespace Carillon.Engine.Steps.Digest;

/// <summary>
/// Names the group that an event belongs to by the value at a path of its payload. Values that are equal name one group, however
/// they are written; what is missing and what is null are one group too.
/// </summary>
internal static class DigestKey
{
    private const int Longest = 200;

    public static string Of(string? path, JsonElement payload)
    {
        if (path is null) return "";

        var key = new StringBuilder(path).Append('=');
        Append(key, Settings.At(payload, path) ?? default);
        return key.Length <= Longest ? key.ToString() : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.ToString())));
    }

    private static void Append(StringBuilder key, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                break;
            case JsonValueKind.Object:
                AppendAll(key, '{', value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal), member =>
                {
                    key.Append(JsonSerializer.Serialize(member.Name)).Append(':');
                    Append(key, member.Value);
                });
                break;
            case JsonValueKind.Array:
                AppendAll(key, '[', value.EnumerateArray(), item => Append(key, item));
                break;
            case JsonValueKind.Number:
                key.Append(Number(value));
                break;
            case JsonValueKind.String:
                key.Append(JsonSerializer.Serialize(value.GetString()));
                break;
            default:
                key.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder key, char opening, IEnumerable<T> items, Action<T> append)
    {
        key.Append(opening);
        foreach (var item in items)
        {
            append(item);
            key.Append(',');
        }
    }

    // Whole numbers keep all their digits: they are ids more often than amounts.
    private static string Number(JsonElement value) =>
        value.GetRawText() is var text && text.All(digit => char.IsAsciiDigit(digit) || digit == '-')
            ? text
            : value.GetDouble().ToString("R", CultureInfo.InvariantCulture);
}
