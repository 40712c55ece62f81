using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Carillon.Tests.Server.Authoring;

/// <summary>A name server on loopback that knows one thing: where all mail goes. Without an exchange, no domain exists.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _closing = new();
    private readonly string? _exchange;
    private readonly Task _serving;

    public NameServer(string? exchange)
    {
        _exchange = exchange;
        _serving = ServeAsync();
    }

    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _serving;
        _socket.Dispose();
        _closing.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var asked = await _socket.ReceiveAsync(_closing.Token);
                await _socket.SendAsync(Answer(asked.Buffer), asked.RemoteEndPoint, _closing.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private byte[] Answer(byte[] asked)
    {
        var question = asked[12..(Array.IndexOf(asked, (byte)0, 12) + 5)];
        byte[] header = [asked[0], asked[1], 0x81, (byte)(_exchange is null ? 0x83 : 0x80), 0, 1, 0, (byte)(_exchange is null ? 0 : 1), 0, 0, 0, 0];
        if (_exchange is null) return [.. header, .. question];

        byte[] name = [.. _exchange.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(name.Length + 2));
        return [.. header, .. question, 0xC0, 12, 0, 15, 0, 1, 0, 0, 0, 60, .. length, 0, 10, .. name];
    }
}
