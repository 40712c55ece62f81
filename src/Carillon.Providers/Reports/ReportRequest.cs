using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using Carillon.Providers.Http;

namespace Carillon.Providers.Reports;

/// <summary>What a vendor posted. <paramref name="Url"/> is the address as the vendor knows it, query included: some sign it.</summary>
public sealed record ReportRequest(string Url, bool IsForm, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The fields of the form; of the query, where there is no body.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields => field ??= [.. Parse()];

    /// <summary>The body as JSON, a form as an object of texts; null where it is neither.</summary>
    public JsonElement? Json => field ??= IsForm || Body.IsEmpty ? OfFields() : JsonBody.Parse(Body);

    /// <summary>The events it tells of: one, or a list of them.</summary>
    public IEnumerable<JsonElement> Rows => Json switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } one => [one],
        _ => [],
    };

    private JsonElement? OfFields()
    {
        var content = new JsonObject();
        foreach (var (name, value) in Fields) content[name] = value;
        return content.Count == 0 ? null : JsonSerializer.SerializeToElement(content);
    }

    private IEnumerable<KeyValuePair<string, string>> Parse()
    {
        var query = Url.IndexOf('?', StringComparison.Ordinal);
        var text = IsForm ? System.Text.Encoding.UTF8.GetString(Body.Span) : query < 0 ? "" : Url[(query + 1)..];
        var fields = HttpUtility.ParseQueryString(text);
        return
            from name in fields.AllKeys
            where name is not null && (IsForm || name != TokenName)
            from value in fields.GetValues(name) ?? []
            select KeyValuePair.Create(name, value);
    }

    /// <summary>In the query of the address, what shows that it comes from whom the address was given to.</summary>
    public const string TokenName = "token";
}
