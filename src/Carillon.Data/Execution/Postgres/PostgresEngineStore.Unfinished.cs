namespace Carillon.Data.Execution.Postgres;

public sealed partial class PostgresEngineStore
{
    // The server itself would wait for whoever is in the middle of a COPY until the connection breaks, which a process that was stopped never does.
    private const string EndUnfinished = """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND usename = current_user AND application_name = current_setting('application_name')
          AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL AND wait_event = 'ClientRead'
          AND state_change < clock_timestamp() - @since * interval '1 millisecond'
        """;

    public async Task<int> EndUnfinishedAsync(TimeSpan since, CancellationToken ct)
    {
        var ended = await QueryAsync(EndUnfinished, row => row.GetBoolean(0), ct, Big("since", (long)since.TotalMilliseconds));
        return ended.Count(one => one);
    }
}
