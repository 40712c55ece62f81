using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Carillon.Server.Http.Input;

/// <summary>Queries and forms as JSON objects of text: <c>a=1&amp;a=2</c>, <c>a[]=1</c> and <c>a[0]=1</c> are arrays.</summary>
internal static class FormText
{
    public static JsonElement ToJson(IEnumerable<KeyValuePair<string, StringValues>> pairs)
    {
        var content = new JsonObject();
        foreach (var (key, values) in pairs)
        {
            var bracket = key.IndexOf('[', StringComparison.Ordinal);
            var isArray = bracket > 0 && key.EndsWith(']') && key.AsSpan(bracket + 1, key.Length - bracket - 2).ContainsAnyExceptInRange('0', '9') is false;
            Add(content, isArray ? key[..bracket] : key, values, isArray || values.Count > 1);
        }
        return JsonSerializer.SerializeToElement(content);
    }

    public static JsonElement ToJson(ReadOnlySpan<byte> form) => ToJson(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(form)));

    private static void Add(JsonObject content, string name, StringValues values, bool isArray)
    {
        if (!isArray)
        {
            content[name] = values.ToString();
            return;
        }

        if (content[name] is not JsonArray array) content[name] = array = [];
        foreach (var value in values)
            array.Add(value);
    }
}
