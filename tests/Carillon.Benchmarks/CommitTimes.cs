using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// When rows were committed, as the database itself remembers it (<c>track_commit_timestamp</c>, which <c>./bench</c> turns on for those
/// that ask). Its clock is this machine's.
/// </summary>
internal static class CommitTimes
{
    /// <summary>Of everybody's messages, by the transaction ids of their events.</summary>
    public static Task<Dictionary<string, DateTimeOffset>> OfMessagesAsync(ThrowAwayStore store, string environmentId) => ReadAsync(
        store,
        """
        SELECT e.given_transaction_id || ' ' || (extract(epoch FROM pg_xact_commit_timestamp(m.xmin)) * 1000000)::bigint
        FROM events e JOIN messages m ON m.event_id = e.id WHERE e.environment_id = @p1 AND m.environment_id = @p1
        """,
        environmentId);

    /// <summary>By whatever name the statement gives, followed by microseconds since 1970.</summary>
    public static async Task<Dictionary<string, DateTimeOffset>> ReadAsync(ThrowAwayStore store, string sql, params object[] values)
    {
        var rows = await store.ListAsync<string>(sql, values);
        return rows.Select(row => row.Split(' ')).ToDictionary(parts => parts[0], parts => InstantOf(parts[1]));
    }

    private static DateTimeOffset InstantOf(string microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(long.Parse(microseconds, System.Globalization.CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond);
}
