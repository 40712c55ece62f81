using System.Buffers;
using System.Net.WebSockets;
using System.Text;

namespace Carillon.Server.Realtime.EngineIo;

/// <summary>
/// Packets over a websocket, each a text of its own. Whoever sends anything else, or too much at once, is disconnected. A websocket that
/// breaks says so itself: the token of its request would only be held, ten thousand times, to say it again.
/// </summary>
internal sealed class WebSocketTransport(WebSocket socket, Packets packets, TimeProvider clock)
{
    private const string Probe = "2probe";
    private static readonly TimeSpan TimeToClose = TimeSpan.FromSeconds(5);

    /// <summary>Serves a connection until either side ends it.</summary>
    public async Task RunAsync(Connection connection)
    {
        connection.Cut = socket.Abort;
        connection.Transport = Transport.WebSocket;
        var receiving = ReceiveAllAsync(connection);
        await SendAllAsync(connection);
        await EndAsync(receiving);
    }

    /// <summary>Takes a connection over from polling: first a probe there and back, then the word that it moves.</summary>
    public async Task UpgradeAsync(Connection connection)
    {
        connection.Cut = socket.Abort;
        connection.Transport = Transport.Upgrading;
        if (await IsProbedAsync(connection))
        {
            await RunAsync(connection);
            return;
        }

        // It stays where it was.
        connection.Transport = Transport.Polling;
        connection.Cut = null;
        socket.Abort();
    }

    private async Task<bool> IsProbedAsync(Connection connection)
    {
        try
        {
            if (await ReadAsync() != Probe) return false;

            await socket.SendAsync(Packet.Probed, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

            // Whoever still waits at the old transport is let go.
            connection.Send(Packet.Noop);
            return await ReadAsync() is [Packet.UpgradeKind, ..];
        }
        catch (Exception e) when (IsGone(e))
        {
            return false;
        }
    }

    // Only what has begun to come gets a buffer, so that idle connections cost none.
    private async Task ReceiveAllAsync(Connection connection)
    {
        try
        {
            while ((await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None)).MessageType == WebSocketMessageType.Text
                && await ReadAsync() is { } packet
                && !connection.IsOver)
            {
                await packets.ReceiveAsync(connection, packet);
            }
        }
        catch (Exception e) when (IsGone(e))
        {
            connection.Abort();
        }
        finally
        {
            connection.Finish();
        }
    }

    private async Task SendAllAsync(Connection connection)
    {
        try
        {
            while (await connection.Outbox.WaitAsync())
            {
                while (connection.Outbox.TryTake(out var packet))
                    await socket.SendAsync(packet, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }

            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception e) when (IsGone(e))
        {
            connection.Abort();
        }
    }

    private async Task EndAsync(Task receiving)
    {
        try
        {
            await receiving.WaitAsync(TimeToClose, clock);
        }
        catch (TimeoutException)
        {
            socket.Abort();
            await receiving;
        }
    }

    // Null at the end, and for what is not text or too long.
    private async Task<string?> ReadAsync()
    {
        var text = new ArrayBufferWriter<byte>();
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            while (text.WrittenCount <= Packet.LargestReceived)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType != WebSocketMessageType.Text) return null;

                text.Write(buffer.AsSpan(0, part.Count));
                if (part.EndOfMessage) return Encoding.UTF8.GetString(text.WrittenSpan);
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool IsGone(Exception e) => e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException;
}
