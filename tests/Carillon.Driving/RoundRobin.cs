using System.Net;
using System.Net.Sockets;

namespace Carillon.Driving;

/// <summary>What stands before several nodes: each connection goes to the next of them, whoever it comes from.</summary>
public sealed class RoundRobin : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<Uri> _nodes;
    private readonly Task _accepting;

    public RoundRobin(params IReadOnlyList<Uri> nodes)
    {
        _nodes = nodes;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            for (var next = 0; ; next = (next + 1) % _nodes.Count)
                open.Add(PassAsync(await _listener.AcceptSocketAsync(_stop.Token), _nodes[next]));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task PassAsync(Socket client, Uri node)
    {
        using var from = client;
        using var to = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await to.ConnectAsync(node.Host, node.Port, _stop.Token);
            await Task.WhenAny(CopyAsync(from, to), CopyAsync(to, from));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // A node that is not there is a connection that ends.
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var read)
                await to.SendAsync(buffer.AsMemory(0, read), _stop.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side has gone.
        }
    }
}
