using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Carillon.Benchmarks;

/// <summary>
/// One open inbox, as a browser holds it: a websocket that speaks Engine.IO and Socket.IO, and says when it heard of something. It is
/// no more than that takes, because the machine is shared with the server, and what ten thousand of them spend the server lacks.
/// </summary>
internal sealed class Listener : IAsyncDisposable
{
    private const byte Text = 0x81;
    private const byte Close = 0x88;
    private const byte Masked = 0x80;
    private const byte TwoBytesOfLength = 126;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[4096];
    private int _begin;
    private int _end;
    private bool _isClosing;
    private TaskCompletionSource<DateTimeOffset> _heard = Fresh();
    private Task _listening = Task.CompletedTask;

    /// <summary>The moment at which the next message is heard of.</summary>
    public Task<DateTimeOffset> Heard => _heard.Task;

    private static ReadOnlySpan<byte> Received => "42[\"notification_received\""u8;

    public void Forget() => _heard = Fresh();

    public static async Task<Listener> OpenAsync(Uri server, string token)
    {
        var listener = new Listener();
        await listener._socket.ConnectAsync(server.Host, server.Port);
        await listener.UpgradeAsync(server);
        await listener.ExpectAsync("0{");
        await listener.SendAsync(Encoding.UTF8.GetBytes($$"""40{"token":"{{token}}"}"""));
        await listener.ExpectAsync("40{");
        listener._listening = listener.ListenAsync();
        return listener;
    }

    // As the system does it for a browser that has ended: the server reads the end, and nobody here waits for more.
    public async ValueTask DisposeAsync()
    {
        _isClosing = true;
        _socket.Shutdown(SocketShutdown.Both);
        await _listening;
        _socket.Dispose();
    }

    private static TaskCompletionSource<DateTimeOffset> Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task UpgradeAsync(Uri server)
    {
        var request = $"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request));
        int head;
        while ((head = _buffer.AsSpan(0, _end).IndexOf("\r\n\r\n"u8)) < 0) await FillAsync();
        if (!_buffer.AsSpan(0, head).StartsWith("HTTP/1.1 101"u8)) throw new AuditException("The server did not open a websocket.");

        _begin = head + 4;
    }

    private async Task ListenAsync()
    {
        try
        {
            while (await ReadAsync() is { } frame)
            {
                if (frame.Span.SequenceEqual("2"u8)) await SendAsync("3"u8.ToArray());
                else if (frame.Span.StartsWith(Received)) _heard.TrySetResult(TimeProvider.System.GetUtcNow());
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException or AuditException)
        {
            _heard.TrySetException(new AuditException($"A socket ended: {e.Message}"));
        }
    }

    private async Task ExpectAsync(string start)
    {
        var frame = await ReadAsync() is { } read ? Encoding.UTF8.GetString(read.Span) : "goodbye";
        if (!frame.StartsWith(start, StringComparison.Ordinal)) throw new AuditException($"The server says {frame} where {start} was to come.");
    }

    // The mask is nought, and leaves what is said as it is.
    private async Task SendAsync(ReadOnlyMemory<byte> text)
    {
        var isShort = text.Length < TwoBytesOfLength;
        var frame = new byte[(isShort ? 6 : 8) + text.Length];
        frame[0] = Text;
        frame[1] = (byte)(Masked | (isShort ? text.Length : TwoBytesOfLength));
        if (!isShort) BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)text.Length);
        text.CopyTo(frame.AsMemory(frame.Length - text.Length));
        await _socket.SendAsync(frame);
    }

    // What is in the next frame, until the one after it is read; null at the end.
    private async Task<ReadOnlyMemory<byte>?> ReadAsync()
    {
        while (true)
        {
            if (TryTake(out var frame)) return frame;
            if (_end > _begin && _buffer[_begin] == Close) return null;

            await FillAsync();
            if (_isClosing) return null;
        }
    }

    private bool TryTake(out ReadOnlyMemory<byte> text)
    {
        text = default;
        var there = _buffer.AsSpan(_begin, _end - _begin);
        if (there.Length < 4 && (there.Length < 2 || there[1] >= TwoBytesOfLength || there.Length < 2 + there[1])) return false;
        if (there[0] != Text) return false;

        var (head, length) = there[1] < TwoBytesOfLength ? (2, there[1]) : (4, BinaryPrimitives.ReadUInt16BigEndian(there[2..]));
        if (there.Length < head + length) return false;

        text = _buffer.AsMemory(_begin + head, length);
        _begin += head + length;
        return true;
    }

    private async Task FillAsync()
    {
        _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
        (_begin, _end) = (0, _end - _begin);
        if (_end == _buffer.Length) throw new AuditException("The server says more at once than was expected.");

        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
        if (read == 0 && !_isClosing) throw new AuditException("The server closed the connection.");

        _end += read;
    }
}
