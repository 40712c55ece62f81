using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Carillon.Providers.Http;

/// <summary>
/// A request to a vendor, put together in one expression. Parts of an account are put in as they are, whatever they hold:
/// what cannot stand in an address or a header never gets into one.
/// </summary>
internal static class VendorRequest
{
    /// <summary>An address that is none makes a request that is refused when it is sent.</summary>
    public static HttpRequestMessage Post(string url) => new(HttpMethod.Post, OutboundUrl.Parse(url));

    public static HttpRequestMessage Get(string url, params IEnumerable<(string Name, string? Value)> query) =>
        new(HttpMethod.Get, OutboundUrl.Parse($"{url}?{Encoded(query)}"));

    /// <summary>A base that the operator filled in, with or without a scheme and a slash at its end.</summary>
    public static string Base(string? given, string fallback = "")
    {
        var text = (given ?? fallback).TrimEnd('/');
        return text.Contains("://", StringComparison.Ordinal) || text.Length == 0 ? text : $"https://{text}";
    }

    /// <summary>One segment of a path.</summary>
    public static string Segment(string? text) => Uri.EscapeDataString(text ?? "");

    extension(HttpRequestMessage request)
    {
        public HttpRequestMessage Header(string name, string? value)
        {
            if (value is not null) request.Headers.TryAddWithoutValidation(name, Printable(value));
            return request;
        }

        public HttpRequestMessage Authorization(string scheme, string? parameter) =>
            request.Header("Authorization", $"{scheme} {parameter}");

        public HttpRequestMessage Bearer(string? token) => request.Authorization("Bearer", token);

        public HttpRequestMessage Basic(string? user, string? password) =>
            request.Authorization("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

        /// <summary>Members without a value are left out; those of <paramref name="custom"/> win.</summary>
        public HttpRequestMessage Json(object body, JsonObject? custom = null)
        {
            request.Content = JsonBody.Of(JsonBody.Node(body, custom));
            return request;
        }

        /// <summary>Fields without a value are left out.</summary>
        public HttpRequestMessage Form(params IEnumerable<(string Name, string? Value)> fields)
        {
            request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(Encoded(fields)))
            {
                Headers = { ContentType = new("application/x-www-form-urlencoded") },
            };
            return request;
        }

        public HttpRequestMessage Multipart(IEnumerable<(string Name, string? Value)> fields, IEnumerable<FormFile> files)
        {
            var content = new MultipartFormDataContent();
            foreach (var (name, value) in fields.Where(field => field.Value is not null))
                content.Add(new StringContent(value!), name);
            foreach (var file in files)
                content.Add(file.ToContent(), file.Field, file.Name);

            request.Content = content;
            return request;
        }
    }

    private static string Encoded(IEnumerable<(string Name, string? Value)> fields) => string.Join('&', fields
        .Where(field => field.Value is not null)
        .Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value!)}"));

    private static string Printable(string value) => string.Concat(value.Where(letter => letter is >= ' ' and <= '~'));
}

/// <summary>A file in a multipart form.</summary>
internal sealed record FormFile(string Field, string Name, string Mime, ReadOnlyMemory<byte> Content)
{
    public HttpContent ToContent()
    {
        var content = new ReadOnlyMemoryContent(Content);
        content.Headers.ContentType = MediaTypeHeaderValue.TryParse(Mime, out var mime) ? mime : new("application/octet-stream");
        return content;
    }
}
