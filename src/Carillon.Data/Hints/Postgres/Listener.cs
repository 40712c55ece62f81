using Npgsql;

namespace Carillon.Data.Hints.Postgres;

/// <summary>One connection that hears, for as long as it holds.</summary>
internal sealed class Listener(NpgsqlDataSource source, Followed followed, Action<string, string> hear, TimeProvider clock) : IAsyncDisposable
{
    // A connection can be dead without saying so.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    private readonly HashSet<byte> _heard = [];
    private NpgsqlConnection? _connection;

    /// <summary>Up to when nothing can have been missed.</summary>
    public DateTimeOffset HeardUntil { get; private set; } = clock.GetUtcNow();

    private NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("The listener is not open.");

    /// <summary>Returns the buckets that it listens to from now on.</summary>
    public async Task<IReadOnlyCollection<byte>> OpenAsync(CancellationToken ct)
    {
        _connection = await source.OpenConnectionAsync(ct);
        _connection.Notification += (_, notification) => hear(notification.Channel, notification.Payload);
        await ExecuteAsync($"LISTEN {Channels.Work}", ct);
        var heard = await AdjustAsync(ct);
        HeardUntil = clock.GetUtcNow();
        return heard;
    }

    public async Task RunAsync(Action<HintGap> missed, CancellationToken ct)
    {
        while (true)
        {
            var changed = followed.Changed;
            if (await AdjustAsync(ct) is { Count: > 0 } added) missed(followed.GapOf(added));
            await WaitAsync(changed, ct);
        }
    }

    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Listens to what is followed and to nothing else; returns what it did not listen to before.</summary>
    private async Task<IReadOnlyCollection<byte>> AdjustAsync(CancellationToken ct)
    {
        var wanted = followed.Buckets();
        List<byte> added = [.. wanted.Except(_heard)], dropped = [.. _heard.Except(wanted)];
        if (added.Count + dropped.Count == 0) return [];

        await ExecuteAsync(
            string.Join(';', added.Select(bucket => $"LISTEN {Channels.Inbox(bucket)}").Concat(dropped.Select(bucket => $"UNLISTEN {Channels.Inbox(bucket)}"))), ct);
        _heard.UnionWith(added);
        _heard.ExceptWith(dropped);
        return added;
    }

    // Until something is heard, somebody else is followed, or it has been silent for long enough to ask.
    private async Task WaitAsync(Task changed, CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var heard = Connection.WaitAsync(enough.Token);
        await Task.WhenAny(heard, changed, Task.Delay(Silence, clock, enough.Token));
        await enough.CancelAsync();
        try
        {
            await heard;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            await ExecuteAsync("SELECT 1", ct);
        }

        HeardUntil = clock.GetUtcNow();
    }

    private async Task ExecuteAsync(string statement, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(statement, Connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
