using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Carillon.Server.Http.RateLimits;

/// <summary>
/// Counts requests a minute and address. The minute slides: the last full one counts for the part of it that is still within
/// sixty seconds, so nobody gets twice the rate around a full minute. Two minutes are all that is remembered.
/// </summary>
internal sealed class Addresses(TimeProvider clock)
{
    private const int SecondsInWindow = 60;
    private const int MostAddresses = 100_000;
    private const int SharedPrefixBytes = 8;
    private static readonly IPAddress Others = IPAddress.None;

    private readonly Lock _turn = new();
    private Minute _current = new(-1);
    private Minute _last = new(-2);

    /// <summary>Null when there was room, else the seconds until there may be.</summary>
    public int? Draw(IPAddress? address, int perMinute)
    {
        var seconds = clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        var (current, last) = Turn((long)(seconds / SecondsInWindow));
        var elapsed = seconds % SecondsInWindow;
        var who = current.Counts.Count < MostAddresses ? Subject(address) : Others;

        var before = last.Counts.GetValueOrDefault(who) * (1 - elapsed / SecondsInWindow);
        var now = current.Counts.AddOrUpdate(who, 1, (_, count) => count + 1);
        return before + now <= perMinute ? null : (int)Math.Ceiling(SecondsInWindow - elapsed);
    }

    private (Minute Current, Minute Last) Turn(long number)
    {
        lock (_turn)
        {
            if (_current.Number == number) return (_current, _last);

            _last = _current.Number == number - 1 ? _current : new(number - 1);
            _current = new(number);
            return (_current, _last);
        }
    }

    // A household of IPv6 has a whole /64 to choose addresses from.
    public static IPAddress Subject(IPAddress? address)
    {
        if (address is null) return Others;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(SharedPrefixBytes).Clear();
        return new(bytes);
    }

    private sealed record Minute(long Number)
    {
        public ConcurrentDictionary<IPAddress, int> Counts { get; } = new();
    }
}
