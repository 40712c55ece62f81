using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using Carillon.Server.Configuration;
using Carillon.Server.Http.RateLimits;

namespace Carillon.Server.Realtime.EngineIo;

/// <summary>The connections of this process, by the id that their requests name, and how many of them come from where.</summary>
internal sealed class Connections : IDisposable
{
    public const string MeterName = "Carillon.Realtime";

    private readonly Meter _meter = new(MeterName);
    private readonly RealtimeOptions _options;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, Connection> _all = new();
    private readonly Dictionary<IPAddress, int> _perAddress = [];

    // One for all, rather than one for each.
    private readonly Action<Connection> _remove;

    public Connections(RealtimeOptions options, TimeProvider clock)
    {
        (_options, _clock, _remove) = (options, clock, Remove);
        _meter.CreateObservableGauge("carillon.sockets", () => _all.Count, "{socket}", "Connections of inboxes at this process.");
    }

    /// <summary>Told when somebody comes where nobody was.</summary>
    public event Action? Begun;

    public bool AreNone => _all.IsEmpty;

    public IEnumerable<Connection> All => _all.Values;

    public Connection? Find(string id) => _all.GetValueOrDefault(id);

    /// <summary>Null when too many come from there.</summary>
    public Connection? Open(IPAddress? from, string? token, string? origin)
    {
        var address = Addresses.Subject(from);
        if (!Enter(address)) return null;

        var connection = new Connection(NewId(), token, address, _options, _clock.GetUtcNow()) { Origin = origin };
        connection.Over += _remove;
        var isFirst = _all.IsEmpty;
        _all[connection.Id] = connection;
        if (isFirst) Begun?.Invoke();
        return connection;
    }

    public void Dispose() => _meter.Dispose();

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10));

    private bool Enter(IPAddress address)
    {
        lock (_perAddress)
        {
            var there = _perAddress.GetValueOrDefault(address);
            if (there >= _options.SocketsPerAddress) return false;

            _perAddress[address] = there + 1;
            return true;
        }
    }

    private void Remove(Connection connection)
    {
        _all.TryRemove(connection.Id, out _);
        lock (_perAddress)
        {
            if (--_perAddress[connection.Address] == 0) _perAddress.Remove(connection.Address);
        }
    }
}
