using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Carillon.Server.Http.Input;

/// <summary>
/// Finds text that no database column takes: NUL, and half of a surrogate pair. In JSON both can only hide behind an escape,
/// so a body without one is known to be clean after a single scan.
/// </summary>
internal static class BadText
{
    private const string Nul = "must not contain the NUL character";
    private const string Surrogate = "must be well-formed Unicode text";

    public static string? FirstIn(JsonElement root) =>
        JsonMarshal.GetRawUtf8Value(root).IndexOf("\\u"u8) < 0 ? null : Search(root, "");

    public static string? In(string name, string? text) => text switch
    {
        null => null,
        _ when text.Contains('\0') => $"{name} {Nul}",
        _ when HasLoneSurrogate(text) => $"{name} {Surrogate}",
        _ => null,
    };

    private static string? Search(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.String => Fault(JsonMarshal.GetRawUtf8Value(element)) is { } fault ? $"{(path.Length == 0 ? "body" : path)} {fault}" : null,
        JsonValueKind.Object => SearchObject(element, path),
        JsonValueKind.Array => element.EnumerateArray()
            .Select((item, index) => Search(item, Join(path, index.ToString(CultureInfo.InvariantCulture))))
            .FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static string? SearchObject(JsonElement element, string path)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (Fault(JsonMarshal.GetRawUtf8PropertyName(property)) is { } fault)
                return $"a property name in {(path.Length == 0 ? "body" : path)} {fault}";
            if (Search(property.Value, Join(path, property.Name)) is { } found)
                return found;
        }
        return null;
    }

    private static string? Fault(ReadOnlySpan<byte> raw)
    {
        var expectLow = false;
        for (var i = 0; i < raw.Length; i++)
        {
            var unit = -1;
            if (raw[i] == '\\' && raw[++i] == 'u')
            {
                unit = int.Parse(raw.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                i += 4;
            }

            if (unit == 0) return Nul;
            var isLow = unit is >= 0xDC00 and <= 0xDFFF;
            if (isLow != expectLow) return Surrogate;
            expectLow = unit is >= 0xD800 and <= 0xDBFF;
        }
        return expectLow ? Surrogate : null;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsSurrogatePair(text, i)) return true;
            i++;
        }
        return false;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
