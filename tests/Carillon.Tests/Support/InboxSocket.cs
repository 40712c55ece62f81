using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Carillon.Tests.Support;

/// <summary>A websocket to the server in this process, packet by packet.</summary>
internal sealed class InboxSocket(WebSocket socket) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<InboxSocket> OpenAsync(CarillonApp app, string query = "EIO=4&transport=websocket", string? origin = null)
    {
        var client = app.Server.CreateWebSocketClient();
        client.ConfigureRequest = request => request.Headers.Origin = origin;
        return new(await client.ConnectAsync(new Uri(app.Server.BaseAddress, $"/socket.io/?{query}"), CancellationToken.None));
    }

    /// <summary>Over a real connection, of which this side keeps next to nothing that has not been read.</summary>
    public static async Task<InboxSocket> DialAsync(CarillonApp app, string token)
    {
        var server = app.CreateClient().BaseAddress!;
        using var handler = new SocketsHttpHandler { ConnectCallback = ConnectAsync };
        using var invoker = new HttpMessageInvoker(handler);
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.Authority}/socket.io/?EIO=4&transport=websocket"), invoker, CancellationToken.None);
        return await SignInAsync(new(socket), token);
    }

    /// <summary>Open and signed in.</summary>
    public static async Task<InboxSocket> ListenAsync(CarillonApp app, string token) => await SignInAsync(await OpenAsync(app), token);

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(context.DnsEndPoint, ct);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static async Task<InboxSocket> SignInAsync(InboxSocket listening, string token)
    {
        Assert.StartsWith("0{", await listening.NextAsync(), StringComparison.Ordinal);
        await listening.SendAsync($$"""40{"token":"{{token}}"}""");
        Assert.StartsWith("40{", await listening.NextAsync(), StringComparison.Ordinal);
        return listening;
    }

    public Task SendAsync(string packet) => SendAsync(Encoding.UTF8.GetBytes(packet), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type) => socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);

    /// <summary>The next packet; null when the server has ended it.</summary>
    public async Task<string?> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var text = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, patience.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return Encoding.UTF8.GetString(text.ToArray());
        }
    }

    /// <summary>Whether nothing comes but the end: a goodbye, or a cut when that was quicker.</summary>
    public async Task<bool> IsEndedAsync()
    {
        try { return await NextAsync() is null; }
        catch (Exception e) when (e is IOException or WebSocketException) { return true; }
    }

    /// <summary>The next event: its name and what it carries.</summary>
    public async Task<(string Name, JsonElement Content)> EventAsync()
    {
        var packet = await NextAsync();

        // Says nothing: somebody who had stopped waiting by then was to be let go.
        if (packet == "6") packet = await NextAsync();
        Assert.StartsWith("42", packet, StringComparison.Ordinal);
        var content = JsonElement.Parse(packet![2..]);
        return (content[0].GetString()!, content[1]);
    }

    /// <summary>The next event, as <c>name number</c> for counts and <c>name content</c> for messages.</summary>
    public async Task<string> HeardAsync() => await EventAsync() switch
    {
        ("unseen_count_changed", var counted) => $"unseen {counted.GetProperty("unseenCount")}{More(counted)}",
        ("unread_count_changed", var counted) => $"unread {counted.GetProperty("unreadCount")}{More(counted)}",
        (_, var received) => $"received {received.GetProperty("message").GetProperty("content")}",
    };

    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string More(JsonElement counted) => counted.GetProperty("hasMore").GetBoolean() ? "+" : "";
}
