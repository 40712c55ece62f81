using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Carillon.Engine.Templating.Values;

/// <summary>Reads text out of JSON elements that may hold lone surrogates, which the framework refuses to decode; they become U+FFFD.</summary>
internal static class JsonText
{
    public static string Decode(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(JsonMarshal.GetRawUtf8Value(element)[1..^1]);
        }
    }

    public static TemplateValue Member(JsonElement element, PathPart part)
    {
        try
        {
            return element.TryGetProperty(part.Utf8, out var value) ? TemplateValue.Of(value) : default;
        }
        catch (InvalidOperationException)
        {
            return Members(element).LastOrDefault(member => member.Key == part.Name).Value;
        }
    }

    /// <summary>The members in JavaScript's order: names that are array indexes first, by number; of repeated names the last value counts.</summary>
    public static List<KeyValuePair<string, TemplateValue>> Members(JsonElement element)
    {
        var members = new List<KeyValuePair<string, TemplateValue>>(element.GetPropertyCount());
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var member = KeyValuePair.Create(Name(property), TemplateValue.Of(property.Value));
            if (places.TryAdd(member.Key, members.Count))
                members.Add(member);
            else
                members[places[member.Key]] = member;
        }
        return InOrder(members);
    }

    public static List<KeyValuePair<string, T>> InOrder<T>(List<KeyValuePair<string, T>> members)
    {
        if (members.TrueForAll(member => PathPart.IndexOf(member.Key) < 0))
            return members;

        var indexed = members.Where(member => PathPart.IndexOf(member.Key) >= 0).OrderBy(member => PathPart.IndexOf(member.Key));
        return [.. indexed, .. members.Where(member => PathPart.IndexOf(member.Key) < 0)];
    }

    private static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Unescape(JsonMarshal.GetRawUtf8PropertyName(property));
        }
    }

    private static string Unescape(ReadOnlySpan<byte> raw)
    {
        var escaped = Encoding.UTF8.GetString(raw);
        var text = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
                text.Append(escaped[i]);
            else if (escaped[++i] != 'u')
                text.Append(Plain(escaped[i]));
            else
            {
                text.Append((char)ushort.Parse(escaped.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
            }
        }
        return WellFormed(text.ToString());
    }

    public static string WellFormed(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        // Encoding replaces each lone half, and only those.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }

    private static char Plain(char escape) => escape switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => escape,
    };
}
