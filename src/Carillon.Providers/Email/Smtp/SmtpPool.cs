using Carillon.Providers.Http;
using MailKit;

namespace Carillon.Providers.Email.Smtp;

/// <summary>
/// Keeps conversations with mail servers open between mails, for a short while: a batch over one account must not connect, encrypt
/// and authenticate for each mail. There are as many as mails are sent at once, which whoever sends them has to bound.
/// </summary>
public sealed class SmtpPool : IDisposable
{
    private const int MaxIdle = 200;
    private static readonly TimeSpan IdleFor = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Places> _servers = [];
    private readonly OutboundGuard _guard;
    private readonly TimeProvider _clock;
    private readonly ITimer _sweeping;
    private int _idle;
    private bool _isClosed;

    public SmtpPool(OutboundGuard guard, TimeProvider clock)
    {
        _guard = guard;
        _clock = clock;
        _sweeping = clock.CreateTimer(_ => Sweep(), null, IdleFor, IdleFor / 2);
    }

    /// <summary>For one mail, from the look-up of the host to the server's last word.</summary>
    internal TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    public void Dispose()
    {
        _sweeping.Dispose();
        lock (_lock)
        {
            _isClosed = true;
            foreach (var connection in _servers.Values.SelectMany(places => places.Idle))
                connection.Connection.Dispose();

            _servers.Clear();
        }
    }

    internal async Task<T> UseAsync<T>(
        SmtpServer server, Func<SmtpConnection, CancellationToken, Task<T>> use, CancellationToken ct)
    {
        var places = Enter(server.Key);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(Timeout);
            return await UseAsync(places, server, use, patience.Token);
        }
        finally
        {
            Leave(server.Key, places);
        }
    }

    private async Task<T> UseAsync<T>(
        Places places, SmtpServer server, Func<SmtpConnection, CancellationToken, Task<T>> use, CancellationToken ct)
    {
        if (TakeIdle(places) is { } kept)
        {
            try
            {
                return await UseAsync(places, kept, use, ct);
            }
            catch (Exception e) when (kept.HadEnded(e))
            {
                // Nothing went out yet, so a fresh connection may take over; that one gets no second chance.
            }
        }

        return await UseAsync(places, await SmtpConnection.OpenAsync(server, _guard, ct), use, ct);
    }

    private async Task<T> UseAsync<T>(
        Places places, SmtpConnection connection, Func<SmtpConnection, CancellationToken, Task<T>> use, CancellationToken ct)
    {
        try
        {
            return await use(connection, ct);
        }
        finally
        {
            if (!TryKeep(places, connection))
                connection.Dispose();
        }
    }

    private Places Enter(string key)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (!_servers.TryGetValue(key, out var places))
                _servers[key] = places = new Places();

            places.Users++;
            return places;
        }
    }

    private void Leave(string key, Places places)
    {
        lock (_lock)
        {
            places.Users--;
            if (places is { Users: 0, Idle.Count: 0 })
                _servers.Remove(key);
        }
    }

    private SmtpConnection? TakeIdle(Places places)
    {
        lock (_lock)
        {
            if (!places.Idle.TryPop(out var kept))
                return null;

            _idle--;
            return kept.Connection;
        }
    }

    private bool TryKeep(Places places, SmtpConnection connection)
    {
        lock (_lock)
        {
            if (_isClosed || _idle >= MaxIdle || !connection.IsReusable)
                return false;

            places.Idle.Push(new Kept(connection, _clock.GetTimestamp()));
            _idle++;
            return true;
        }
    }

    private void Sweep()
    {
        foreach (var connection in TakeExpired())
            _ = CloseAsync(connection);
    }

    private List<SmtpConnection> TakeExpired()
    {
        List<SmtpConnection> expired = [];
        lock (_lock)
        {
            foreach (var (key, places) in _servers.ToList())
            {
                var kept = places.Idle.Where(idle => _clock.GetElapsedTime(idle.Since) < IdleFor).Reverse().ToList();
                expired.AddRange(places.Idle.Select(idle => idle.Connection).Except(kept.Select(idle => idle.Connection)));
                places.Idle = new Stack<Kept>(kept);
                if (places is { Users: 0, Idle.Count: 0 })
                    _servers.Remove(key);
            }

            _idle -= expired.Count;
        }

        return expired;
    }

    // Says QUIT, so that the server does not log a lost connection; if it does not listen, that is no matter either.
    private static async Task CloseAsync(SmtpConnection connection)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await connection.DisconnectAsync(quit: true, patience.Token);
        }
        catch (Exception e) when (e is IOException or ProtocolException or CommandException or OperationCanceledException or ObjectDisposedException)
        {
        }
        finally
        {
            connection.Dispose();
        }
    }

    private readonly record struct Kept(SmtpConnection Connection, long Since);

    private sealed class Places
    {
        public Stack<Kept> Idle { get; set; } = new();
        public int Users { get; set; }
    }
}
