using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// Files of its log, of 16 MB each, for PostgreSQL to write again. A server that has been at work has them; a new one makes each that it
/// needs, and all commits wait for that. It keeps them where <c>min_wal_size</c> has room for them.
/// </summary>
internal static class UsedLogs
{
    private const string Fill = """
        SELECT count(*)
        FROM (SELECT pg_logical_emit_message(false, 'bench', i::text), pg_switch_wal() FROM generate_series(1, @p1) AS i OFFSET 0) AS filled
        """;

    public static async Task MakeAsync(ThrowAwayStore store, int files)
    {
        await store.CountAsync(Fill, files);
        await store.ListAsync<string>("CHECKPOINT");
    }
}
