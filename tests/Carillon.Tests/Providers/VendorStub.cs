using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace Carillon.Tests.Providers;

/// <summary>The network as one vendor has it: it keeps what it is asked, and answers in turn; the last answer goes on for ever.</summary>
internal sealed class VendorStub(params IReadOnlyList<VendorCase.Answer> answers) : HttpMessageHandler
{
    private readonly List<Asked> _asked = [];

    public IReadOnlyList<Asked> Received => _asked;

    public sealed record Asked(string Method, string Url, IReadOnlyDictionary<string, string> Headers, JsonNode? Body);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        _asked.Add(new(request.Method.Method, request.RequestUri!.AbsoluteUri, headers, await BodyOf(request)));

        var answer = answers[Math.Min(_asked.Count, answers.Count) - 1];
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            Content = new StringContent(answer.Body, Encoding.UTF8, answer.Body.StartsWith('<') ? "text/xml" : "application/json"),
        };
        if (answer.Header?.Split(": ", 2) is [var name, var value]) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    // Forms are shown as JSON too: each field a text, or a list where it comes several times, and files with what they are.
    private static async Task<JsonNode?> BodyOf(HttpRequestMessage request)
    {
        if (request.Content is null) return null;
        if (request.Content is MultipartContent parts)
            return Object(await Task.WhenAll(parts.Select(PartOf)));

        var text = await request.Content.ReadAsStringAsync();
        if (request.Content.Headers.ContentType?.MediaType != "application/x-www-form-urlencoded") return JsonNode.Parse(text);

        var form = HttpUtility.ParseQueryString(text);
        return Object(form.AllKeys.SelectMany(name => form.GetValues(name)!.Select(value => (name!, (JsonNode)value))));
    }

    private static async Task<(string, JsonNode)> PartOf(HttpContent part)
    {
        var (shape, text) = (part.Headers.ContentDisposition!, await part.ReadAsStringAsync());
        JsonNode value = shape.FileName is { } file ? $"{file.Trim('"')} {part.Headers.ContentType} {text}" : text;
        return (shape.Name!.Trim('"'), value);
    }

    private static JsonObject Object(IEnumerable<(string Name, JsonNode Value)> fields)
    {
        var body = new JsonObject();
        foreach (var field in fields.GroupBy(field => field.Name))
            body[field.Key] = field.Count() == 1 ? field.First().Value : new JsonArray([.. field.Select(one => one.Value)]);

        return body;
    }
}
