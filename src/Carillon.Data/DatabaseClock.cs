using System.Globalization;
using Npgsql;

namespace Carillon.Data;

/// <summary>
/// The database's time, which all nodes share whatever their own clocks say: looked up now and then, and carried on in between by what
/// cannot be set, the count of time since this machine started. Leases, and what is due, are told by it.
/// </summary>
public sealed class DatabaseClock(NpgsqlDataSource source, TimeProvider machine) : TimeProvider
{
    private Reading? _last;

    /// <summary>Until the first look it is this machine's time.</summary>
    public override DateTimeOffset GetUtcNow() => _last is { } last ? last.Time + machine.GetElapsedTime(last.At) : machine.GetUtcNow();

    /// <summary>How far this machine's own clock is ahead.</summary>
    public TimeSpan Ahead => machine.GetUtcNow() - GetUtcNow();

    /// <summary>Asks the database. What differs by less than the asking took is no news, so that time does not jump about.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand("SELECT extract(epoch FROM clock_timestamp())::text", connection);
        var asked = machine.GetTimestamp();
        var text = (string)(await command.ExecuteScalarAsync(ct))!;
        var answered = machine.GetTimestamp();

        var half = machine.GetElapsedTime(asked, answered) / 2;
        var time = DateTimeOffset.UnixEpoch.AddSeconds(double.Parse(text, CultureInfo.InvariantCulture)) + half;
        if (_last is not { } last || (time - last.Time - machine.GetElapsedTime(last.At, answered)).Duration() > half) _last = new(time, answered);
    }

    private sealed record Reading(DateTimeOffset Time, long At);
}
