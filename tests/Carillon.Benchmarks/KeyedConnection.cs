using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Carillon.Benchmarks;

/// <summary>
/// One kept-alive HTTP/1.1 connection, no more than it takes: the machine is shared with the server, and what the driver spends the
/// server lacks.
/// </summary>
internal sealed class KeyedConnection : IAsyncDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private string _headers = "";

    public static async Task<KeyedConnection> OpenAsync(Uri address, string authorization)
    {
        var connection = new KeyedConnection { _headers = $"Host: {address.Authority}\r\nAuthorization: {authorization}\r\n" };
        await connection._socket.ConnectAsync(address.Host, address.Port);
        return connection;
    }

    public Task PostAsync(string path, string body, string expected = "201") => SendAsync(
        $"POST {path} HTTP/1.1\r\n{_headers}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}", expected);

    public Task GetAsync(string path) => SendAsync($"GET {path} HTTP/1.1\r\n{_headers}\r\n", "200");

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(string request, string expected)
    {
        await _socket.SendAsync(Encoding.UTF8.GetBytes(request));
        var answer = await ReadAsync();
        if (!answer.StartsWith($"HTTP/1.1 {expected}", StringComparison.Ordinal))
            throw new AuditException($"The server answered {answer}");
    }

    private async Task<string> ReadAsync()
    {
        for (var filled = 0; ;)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
            if (read == 0) throw new AuditException("The server closed the connection.");

            filled += read;
            if (IsWhole(filled)) return Encoding.UTF8.GetString(_buffer, 0, filled);
        }
    }

    private bool IsWhole(int filled)
    {
        var answer = _buffer.AsSpan(0, filled);
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;

        var length = answer[..head].IndexOf("Content-Length: "u8);
        if (length < 0) return answer.EndsWith("\r\n0\r\n\r\n"u8);

        var number = answer[(length + 16)..];
        return filled == head + 4 + int.Parse(number[..number.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }
}
