using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;

namespace Carillon.Benchmarks;

/// <summary>One open inbox, as a browser holds it: a websocket that speaks Engine.IO and Socket.IO, and says when it heard of something.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private const string Received = "42[\"notification_received\"";

    // Frames are looked at one after another and not kept, so that ten thousand listeners need little.
    private readonly byte[] _buffer = new byte[1024];
    private readonly ClientWebSocket _socket = new();
    private TaskCompletionSource<long> _heard = Fresh();
    private Task _listening = Task.CompletedTask;

    /// <summary>The moment, by <see cref="Stopwatch.GetTimestamp"/>, at which the next message is heard of.</summary>
    public Task<long> Heard => _heard.Task;

    public void Forget() => _heard = Fresh();

    public static async Task<Listener> OpenAsync(Uri server, string token)
    {
        var listener = new Listener();
        await listener._socket.ConnectAsync(new Uri($"ws://{server.Authority}/socket.io/?EIO=4&transport=websocket"), CancellationToken.None);
        await listener.ExpectAsync("0{");
        await listener.SendAsync($$"""40{"token":"{{token}}"}""");
        await listener.ExpectAsync("40{");
        listener._listening = listener.ListenAsync();
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _listening;
        _socket.Dispose();
    }

    private static TaskCompletionSource<long> Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ListenAsync()
    {
        try
        {
            while (await ReadAsync() is { } frame)
            {
                if (frame == "2") await SendAsync("3");
                else if (frame.StartsWith(Received, StringComparison.Ordinal)) _heard.TrySetResult(Stopwatch.GetTimestamp());
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            _heard.TrySetException(new AuditException($"A socket ended: {e.Message}"));
        }
    }

    private async Task ExpectAsync(string start)
    {
        if (await ReadAsync() is var frame && frame?.StartsWith(start, StringComparison.Ordinal) != true)
            throw new AuditException($"The server says {frame} where {start} was to come.");
    }

    private Task SendAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    // The beginning of a frame says what it is.
    private async Task<string?> ReadAsync()
    {
        var start = "";
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer, CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close) return null;

            if (start.Length == 0) start = Encoding.UTF8.GetString(_buffer, 0, Math.Min(part.Count, 64));
            if (part.EndOfMessage) return start;
        }
    }
}
