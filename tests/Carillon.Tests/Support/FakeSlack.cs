using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Carillon.Tests.Support;

/// <summary>Slack on loopback: trades codes at <c>/token</c>, and takes messages at every address under <c>/hook</c>.</summary>
internal sealed class FakeSlack : IAsyncDisposable
{
    private HttpPeer _peer = null!;

    /// <summary>How a code is answered; a webhook to start with.</summary>
    public RequestDelegate Token { get; set; } = null!;

    /// <summary>How a message is answered.</summary>
    public RequestDelegate Hook { get; set; } = context => context.Response.WriteAsync("ok");

    public string TokenUrl => new Uri(_peer.Url, "/token").AbsoluteUri;
    public string WebhookUrl => new Uri(_peer.Url, "/hook/T1/B1/secret").AbsoluteUri;

    /// <summary>The forms with which codes were traded.</summary>
    public IReadOnlyList<Dictionary<string, string>> Exchanges =>
    [
        .. _peer.Received.Where(request => request.Path == "/token").Select(request =>
            QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(request.Body)).ToDictionary(pair => pair.Key, pair => pair.Value.ToString())),
    ];

    public IReadOnlyList<ReceivedRequest> Messages => [.. _peer.Received.Where(request => request.Path.StartsWith("/hook", StringComparison.Ordinal))];

    public static async Task<FakeSlack> StartAsync()
    {
        var slack = new FakeSlack();
        slack.Token = Says(() => $$$"""{"ok":true,"access_token":"xoxb-not-kept","incoming_webhook":{"channel":"#general","url":"{{{slack.WebhookUrl}}}"}}""");
        slack._peer = await HttpPeer.StartAsync(context =>
            context.Request.Path == "/token" ? slack.Token(context) : slack.Hook(context));
        return slack;
    }

    public static RequestDelegate Says(string body, int status = 200) => Says(() => body, status);

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private static RequestDelegate Says(Func<string> body, int status = 200) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body());
    };
}
