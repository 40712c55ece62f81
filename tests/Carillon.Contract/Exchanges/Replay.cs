using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Contract.Exchanges;

/// <summary>One recorded exchange, and what came of it here.</summary>
internal sealed record Replayed(Exchange Exchange, int Status, JsonNode? Answer, IReadOnlyList<Difference> Differences)
{
    public bool IsEqual => Differences.Count == 0;

    /// <summary>Equal but for what earlier exchanges said of the same things.</summary>
    public bool IsEqualElsewhere => !IsEqual && Differences.All(difference => difference.Again);

    /// <summary>What differs here for the first time.</summary>
    public IEnumerable<Difference> Own => Differences.Where(difference => !difference.Again);
}

/// <summary>
/// Sends a story to a whole server, at the times at which it was recorded, and compares the answers. The clock stands still while
/// the engine works, so that a read finds what had become of everything by then.
/// </summary>
internal sealed class Replay : IAsyncDisposable
{
    // Where the webhooks and mails of the recording went.
    private const string RecordedSink = "127.0.0.1:18999";

    private static readonly string[] Compared =
    [
        "Cache-Control", "Content-Type", "Idempotency-Key", "Idempotency-Replay", "Link", "Location", "RateLimit-Limit", "RateLimit-Policy",
        "Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Max-Age",
    ];

    // What was sent was not tidied up either.
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly Names _names = new();
    private readonly HashSet<(string Of, string Recorded, string Actual)> _lasting = [];
    private readonly string _server;
    private readonly CarillonApp _app;
    private readonly HttpPeer _sink;
    private readonly HttpClient _client;

    private Replay(CarillonApp app, HttpPeer sink)
    {
        (_app, _sink) = (app, sink);
        _server = app.ClientOptions.BaseAddress.AbsoluteUri.TrimEnd('/');
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All });
        _names.Learn(RecordedSink, sink.Url.Authority);
    }

    public static async Task<IReadOnlyList<Replayed>> OfAsync(Story story, IReadOnlyList<Detour> detours)
    {
        var exchanges = story.Exchanges();
        var sink = await HttpPeer.StartAsync(Take);
        var app = await CarillonApp.StartAsync(
            clock: new FakeTimeProvider(exchanges[0].At), listening: true, settings: [("Carillon:Outbound:Allow:0", "127.0.0.0/8"), .. story.Settings]);
        await using var replay = new Replay(app, sink);

        List<Replayed> replayed = [];
        List<Exchange> last = [];
        foreach (var exchange in exchanges)
        {
            if (!exchange.Setup) replay._names.Settle();
            var detour = detours.FirstOrDefault(detour => detour.IsFor(exchange));
            if (detour is { Last: true }) last.Add(exchange);
            else replayed.Add(await replay.PlayAsync(exchange));
            if (detour is { Also: not null }) await replay.PlayAsync(detour.Made(exchange));
        }

        foreach (var exchange in last)
            replayed.Add(await replay.PlayAsync(exchange));

        return replayed;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _sink.DisposeAsync();
    }

    private async Task<Replayed> PlayAsync(Exchange exchange)
    {
        var replayed = await SendAsync(exchange);
        _lasting.UnionWith(replayed.Differences.Select(difference => difference.Lasting).OfType<(string, string, string)>());
        return replayed;
    }

    private async Task<Replayed> SendAsync(Exchange exchange)
    {
        await _app.AdvanceToAsync(exchange.At);
        using var request = Request(exchange);
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var answer = Json(text);

        var comparison = new Comparison(exchange, _names);
        if ((int)response.StatusCode != exchange.Status)
        {
            comparison.Add("status", $"{exchange.Status}", $"{(int)response.StatusCode}");
        }
        else
        {
            CompareHeaders(comparison, exchange, response);
            comparison.Compare("", exchange.Answer, answer);
        }

        return new(exchange, (int)response.StatusCode, answer, [.. comparison.Found.Select(Placed)]);
    }

    private Difference Placed(Difference difference) => difference with { Again = difference.Lasting is { } lasting && _lasting.Contains(lasting) };

    private HttpRequestMessage Request(Exchange exchange)
    {
        var request = new HttpRequestMessage(new(exchange.Method), new Uri(_server + _names.Translate(exchange.Path), AsItIs));
        if (exchange.Text is { } text)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(_names.Translate(text)));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        // A body that is too large is refused before it has been sent.
        request.Headers.ExpectContinue = exchange.Bytes is not null;
        foreach (var (name, value) in exchange.Headers)
        {
            if (name != "Content-Type") request.Headers.TryAddWithoutValidation(name, _names.Translate(value));
            else if (request.Content is not null)
            {
                request.Content.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private void CompareHeaders(Comparison comparison, Exchange exchange, HttpResponseMessage response)
    {
        foreach (var name in exchange.Method == "HEAD" ? Compared.Except(["Content-Type"]) : Compared)
        {
            var recorded = (exchange.AnswerHeaders.TryGetValue(name, out var value) ? Ordered(value) : null) ?? Usual(name, exchange, response);
            var actual = Header(response, name);
            // Forbidding what was merely not spoken of changes nothing for a client.
            if (name == "Cache-Control" && recorded is null && actual == "no-store") continue;

            var cross = name.StartsWith("Access-Control", StringComparison.Ordinal) && !exchange.Headers.ContainsKey("Origin");
            if (!cross && recorded != actual && !(recorded is not null && actual is not null && _names.Agree(recorded, actual)))
                comparison.Add($"header {name}", recorded ?? "(none)", actual ?? "(none)");
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? Ordered(string.Join(", ", values)) : null;

    // Directives mean the same in any order.
    private static string Ordered(string value) =>
        value.Contains(", ", StringComparison.Ordinal) ? string.Join(", ", value.Split(", ").Order(StringComparer.Ordinal)) : value;

    // The recordings name a content type only where it is not that of JSON.
    private static string? Usual(string name, Exchange exchange, HttpResponseMessage response) =>
        name == "Content-Type" && exchange.Answer is not null && response.Content.Headers.ContentLength != 0 ? "application/json; charset=utf-8" : null;

    private static JsonNode? Json(string text)
    {
        if (text.Length == 0) return null;
        try { return JsonNode.Parse(text); }
        catch (JsonException) { return JsonValue.Create(text); }
    }

    private static Task Take(HttpContext context)
    {
        context.Response.StatusCode = context.Request.Path == "/fail" ? 500 : 200;
        return context.Response.WriteAsync("""{"id":"prov-123","date":"2024-01-01T00:00:00.000Z"}""");
    }
}
