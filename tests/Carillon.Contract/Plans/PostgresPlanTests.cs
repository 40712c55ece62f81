using System.Text.Json;
using Carillon.Contract.Databases;
using Carillon.Data.Execution.Postgres;
using Npgsql;

namespace Carillon.Contract.Plans;

/// <summary>
/// Every hot statement finds its rows by an index, whether PostgreSQL plans it for the values at hand or, as it may after a few
/// executions, once for all values.
/// </summary>
public sealed class PostgresPlanTests(PostgresPlanTests.Filled filled) : IClassFixture<PostgresPlanTests.Filled>
{
    /// <summary>What each parameter name stands for, with the values of an ordinary call.</summary>
    private static readonly Dictionary<string, (string Type, string Value)> Parameters = new()
    {
        ["after"] = ("text", $"'{LargeTables.IdOf(5000)}'"),
        ["before"] = ("bigint", "1000000"),
        ["bucket"] = ("smallint", "7"),
        ["each"] = ("bigint", "50"),
        ["environment"] = ("text", "'environment-3'"),
        ["event"] = ("text", $"'{LargeTables.IdOf(5003)}'"),
        ["horizon"] = ("text", $"'{LargeTables.IdOf(20_000)}'"),
        ["id"] = ("text", $"'{LargeTables.IdOf(7)}'"),
        ["large"] = ("boolean", "false"),
        ["limit"] = ("bigint", "500"),
        ["now"] = ("bigint", "1010000"),
        ["ordinal"] = ("smallint", "0"),
        ["provider"] = ("text", "'provider'"),
        ["token"] = ("bigint", "12345"),
        ["topic"] = ("text", "'topic-of-environment-3'"),
        ["until"] = ("bigint", "2000000"),
        ["ids"] = Array("text", LargeTables.IdOf),
        ["buckets"] = Array("smallint", i => $"{i % 256}"),
        ["origins"] = Array("smallint", i => $"{(i % 40) + 1}"),
        ["environments"] = Array("text", i => $"environment-{i % 10}"),
        ["organizations"] = Array("text", _ => "organization"),
        ["transactions"] = Array("text", i => $"new-{i}"),
        ["workflows"] = Array("text", _ => "workflow"),
        ["versions"] = Array("text", _ => "version"),
        ["externals"] = Array("text", i => $"person-{i}"),
        ["larges"] = Array("boolean", _ => "true"),
        ["keeps"] = Array("boolean", _ => "true"),
        ["seen_active"] = Array("boolean", _ => "true"),
    };

    public static TheoryData<string> Statements => [.. PostgresEngineStore.Statements.Select(statement => statement.Name)];

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task It_finds_its_rows_by_an_index(string name)
    {
        var sql = PostgresEngineStore.Statements.Single(statement => statement.Name == name).Sql;

        foreach (var mode in new[] { "force_custom_plan", "force_generic_plan" })
        {
            var plan = await filled.ExplainAsync(mode, sql);
            var scans = QueryPlan.Nodes(plan.RootElement[0].GetProperty("Plan")).Where(ReadsWithoutCondition).Select(node => node.GetRawText());
            Assert.True(!scans.Any(), $"{mode} reads all of a table:\n{string.Join('\n', scans)}");
        }
    }

    [Fact]
    public async Task A_full_scan_would_be_noticed()
    {
        var plan = await filled.ExplainAsync("force_generic_plan", "SELECT id FROM runs WHERE states = @id");

        Assert.Contains(QueryPlan.Nodes(plan.RootElement[0].GetProperty("Plan")), ReadsWithoutCondition);
    }

    // Of a table that nobody has looked at, the planner keeps what it thought of the empty one.
    [Fact]
    public async Task Recipients_are_looked_up_one_by_one_while_nobody_knows_how_many_there_are()
    {
        await using var young = new PostgresDatabase();
        await young.InitializeAsync();
        var sql = PostgresEngineStore.Statements.Single(statement => statement.Name == "find subscribers").Sql;

        var plan = await ExplainAsync(young, "force_generic_plan", sql);

        var scan = Assert.Single(QueryPlan.Nodes(plan.RootElement[0].GetProperty("Plan")), node => node.TryGetProperty("Relation Name", out _));
        Assert.Contains("external_id = v.external_id", scan.GetProperty("Index Cond").GetString(), StringComparison.Ordinal);
    }

    private static bool ReadsWithoutCondition(JsonElement node) => node.GetProperty("Node Type").GetString() switch
    {
        "Seq Scan" => LargeTables.Hot.Contains(node.GetProperty("Relation Name").GetString()),
        "Index Scan" or "Index Only Scan" or "Bitmap Index Scan" => !node.TryGetProperty("Index Cond", out _) && !HoldsOnlyWhatWaits(node),
        _ => false,
    };

    private static bool HoldsOnlyWhatWaits(JsonElement index) =>
        index.GetProperty("Index Name").GetString()!.EndsWith("_due_at", StringComparison.Ordinal);

    // Forty values: the arrays of a page or a batch.
    private static (string, string) Array(string type, Func<int, string> value) =>
        ($"{type}[]", $"'{{{string.Join(',', Enumerable.Range(0, 40).Select(i => value(i * 11)))}}}'");

    // Named as the rest are: columns of a row to be written, of any type the statement asks for.
    private static (string Type, string Value) Parameter(string name, string sql) =>
        Parameters.TryGetValue(name, out var known) ? known
        : name is "dues" or "arrivals" or "expiries" or "created" or "updated" or "tokens" or "runs" ? Array("bigint", i => $"{i}")
        : name is "statuses" or "steps" or "attempts" or "lasts" ? Array("smallint", _ => "1")
        : sql.Contains("unnest(", StringComparison.Ordinal) ? Array("text", _ => "text")
        : throw new InvalidOperationException($"What is @{name}?");

    private static async Task<JsonDocument> ExplainAsync(PostgresDatabase database, string mode, string sql)
    {
        var (numbered, names) = NumberedSql.Of(sql);
        var types = names.Count == 0 ? "" : $"({string.Join(", ", names.Select(name => Parameter(name, sql).Type))})";
        var values = names.Count == 0 ? "" : $"({string.Join(", ", names.Select(name => Parameter(name, sql).Value))})";

        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var prepare = new NpgsqlCommand($"SET plan_cache_mode = {mode}; PREPARE hot{types} AS {numbered}", connection);
        await prepare.ExecuteNonQueryAsync();
        await using var explain = new NpgsqlCommand($"EXPLAIN (FORMAT JSON) EXECUTE hot{values}", connection);
        var plan = (string)(await explain.ExecuteScalarAsync())!;
        await using var forget = new NpgsqlCommand("DEALLOCATE hot; RESET plan_cache_mode", connection);
        await forget.ExecuteNonQueryAsync();
        return JsonDocument.Parse(plan);
    }

    public sealed class Filled : IAsyncLifetime
    {
        private readonly PostgresDatabase _database = new();

        public async ValueTask InitializeAsync()
        {
            await _database.InitializeAsync();
            await LargeTables.FillAsync(_database);
            await LargeTables.AnalyseAsync(_database);
        }

        public ValueTask DisposeAsync() => _database.DisposeAsync();

        public Task<JsonDocument> ExplainAsync(string mode, string sql) => PostgresPlanTests.ExplainAsync(_database, mode, sql);
    }
}
