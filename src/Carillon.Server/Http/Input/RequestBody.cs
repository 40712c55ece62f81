using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Carillon.Server.Http.Input;

/// <summary>The body as received, read once within its limit; and as the JSON object it is, or the problem with it.</summary>
internal sealed record RequestBody(ReadOnlyMemory<byte> Bytes, Problem? Problem)
{
    private static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement;

    /// <summary>Whoever asks first reads it; everybody later sees the same bytes.</summary>
    public static async ValueTask<RequestBody> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<RequestBody>() is { } known) return known;

        var body = await ReceiveAsync(context.Request, BodyLimit.For(context.Request.Path), context.RequestAborted);
        context.Features.Set(body);
        return body;
    }

    public static async ValueTask<(JsonElement Content, Problem? Problem)> ReadJsonAsync(HttpContext context)
    {
        var body = await ReadAsync(context);
        if (body.Problem is { } unreadable) return (Empty, unreadable);
        if (body.Bytes.IsEmpty || !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)) return (Empty, null);
        if (UnknownCharset(type) is { } problem) return (Empty, problem);
        if (!Utf8.IsValid(body.Bytes.Span)) return (Empty, Problem.BadRequest("The body is not valid UTF-8"));

        if (type.MatchesMediaType("application/x-www-form-urlencoded")) return JsonText.Checked(FormText.ToJson(body.Bytes.Span));

        // Other types are not read at all, so that what is missing is what the client hears of.
        return type.MatchesMediaType("application/json") || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
            ? JsonText.Read(body.Bytes)
            : (Empty, null);
    }

    private static async ValueTask<RequestBody> ReceiveAsync(HttpRequest request, int limit, CancellationToken ct)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding and not "identity")
            return new(default, Problem.UnsupportedMediaType($"unsupported content encoding \"{encoding}\""));
        if (request.ContentLength > limit) return new(default, Problem.TooLarge());
        if (request.ContentLength is 0) return new(default, null);

        var buffer = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? 4096) + 1);
        try
        {
            while (await request.Body.ReadAsync(buffer.GetMemory(1), ct) is var read and > 0)
            {
                buffer.Advance(read);
                if (buffer.WrittenCount > limit) return new(default, Problem.TooLarge());
            }
        }
        catch (InvalidDataException)
        {
            return new(default, Problem.BadRequest("The body is not compressed as its Content-Encoding says"));
        }
        return new(buffer.WrittenMemory, null);
    }

    private static Problem? UnknownCharset(MediaTypeHeaderValue type)
    {
        var charset = HeaderUtilities.RemoveQuotes(type.Charset).Value;
        return charset is null || charset.ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII" or ""
            ? null
            : Problem.UnsupportedMediaType($"unsupported charset \"{charset.ToUpperInvariant()}\"");
    }
}
