using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Carillon.Tests.Support;

internal sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public JsonNode? Json => JsonNode.Parse(Body);
}

/// <summary>A web server on loopback that keeps what it is asked and answers as it is told.</summary>
internal sealed class HttpPeer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _received = [];

    private HttpPeer(WebApplication app) => _app = app;

    public IReadOnlyCollection<ReceivedRequest> Received => _received;

    public Uri Url => new(_app.Urls.Single());

    public static async Task<HttpPeer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var peer = new HttpPeer(builder.Build());
        peer._app.Run(async context =>
        {
            peer._received.Enqueue(await ReadAsync(context.Request));
            await answer(context);
        });
        await peer._app.StartAsync();
        return peer;
    }

    public static Task<HttpPeer> StartAsync(int status, string body = "", params (string Name, string Value)[] headers) =>
        StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
                context.Response.Headers.Append(name, value);
            if (body.Length > 0)
                await context.Response.WriteAsync(body);
        });

    public async ValueTask DisposeAsync()
    {
        // Answers that a test keeps back on purpose are not waited for.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static async Task<ReceivedRequest> ReadAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        request.Body = body; // so that who answers can look at it too
        var headers = request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new(request.Method, request.Path + request.QueryString, headers, body.ToArray());
    }
}
