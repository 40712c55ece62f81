using System.Net;
using System.Net.Sockets;

namespace Carillon.Providers.Http;

/// <summary>How dialling an address that a user chose ended.</summary>
public abstract record DialResult
{
    private DialResult() { }

    public sealed record Connected(Socket Socket) : DialResult;

    public sealed record Refused(string Reason) : DialResult;

    public sealed record Unavailable(string Reason) : DialResult;
}

/// <summary>Carries the outcome through libraries that want to dial themselves and know only exceptions.</summary>
internal sealed class NotDialledException(DialResult outcome) : IOException
{
    public DialResult Outcome => outcome;
}

/// <summary>
/// Connects to addresses that users choose, but never into the operator's own network. It checks the very address
/// it then connects to: checking a name first and connecting by name later would let the name change in between.
/// </summary>
public sealed class OutboundGuard
{
    // What a vendor sends without end is given up early; the machine must not have taken in megabytes of it by then.
    private const int MostReceivedAhead = 128 * 1024;

    private readonly IReadOnlyList<IPNetwork> _allowed;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp;

    public OutboundGuard(OutboundOptions options)
        : this(options, Dns.GetHostAddressesAsync)
    {
    }

    internal OutboundGuard(OutboundOptions options, Func<string, CancellationToken, Task<IPAddress[]>> lookUp) =>
        (_allowed, _lookUp) = (options.Networks(), lookUp);

    public bool Permits(IPAddress address)
    {
        var target = AddressRanges.Target(address);
        return AddressRanges.IsPublic(address) || _allowed.Any(range => range.Contains(address) || range.Contains(target));
    }

    public async Task<DialResult> ConnectAsync(string host, int port, CancellationToken ct)
    {
        if (port is < 1 or > IPEndPoint.MaxPort)
            return new DialResult.Refused($"{port} is not a port");

        var addresses = await ResolveAsync(host, ct);
        if (addresses.Count == 0)
            return new DialResult.Unavailable($"{host} could not be resolved");

        // A name may have forbidden addresses beside permitted ones (localhost: ::1 and 127.0.0.1); only the latter are dialled.
        IPAddress[] permitted = [.. addresses.Where(Permits)];
        return permitted.Length == 0
            ? new DialResult.Refused($"{host} is in a network that outbound calls may not reach")
            : await DialAsync(permitted, host, port, ct);
    }

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken ct)
    {
        if (IPAddress.TryParse(host, out var literal))
            return [literal];

        try
        {
            return await _lookUp(host, ct);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return [];
        }
    }

    private static async Task<DialResult> DialAsync(IPAddress[] addresses, string host, int port, CancellationToken ct)
    {
        var error = SocketError.HostUnreachable;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = MostReceivedAhead };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), ct);
                return new DialResult.Connected(socket);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                error = e.SocketErrorCode;
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw;
            }
        }

        return new DialResult.Unavailable($"{host}:{port} could not be reached ({error})");
    }
}
