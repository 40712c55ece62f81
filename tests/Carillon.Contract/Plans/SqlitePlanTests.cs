using Carillon.Contract.Databases;
using Carillon.Data.Execution;
using Carillon.Data.Execution.Sqlite;
using Microsoft.Data.Sqlite;

namespace Carillon.Contract.Plans;

/// <summary>Every hot statement finds its rows by an index, on a database that was analysed and on one that never was.</summary>
public sealed class SqlitePlanTests(SqlitePlanTests.Filled filled) : IClassFixture<SqlitePlanTests.Filled>
{
    private static readonly HotStatement Careless = new("careless", "SELECT id FROM runs WHERE states = @id");

    // As the model asks for what a page of messages is about, and for events by their transactions.
    private static readonly HotStatement[] OfPage =
    [
        new("a page's events", "SELECT * FROM events WHERE environment_id = @environment AND id IN (SELECT value FROM json_each(@ids))"),
        new(
            "a page's subscribers",
            "SELECT * FROM subscribers WHERE deleted_at IS NULL AND environment_id = @environment AND id IN (SELECT value FROM json_each(@ids))"),
        new(
            "events by given transaction ids",
            "SELECT * FROM events WHERE environment_id = @environment AND given_transaction_id IS NOT NULL AND given_transaction_id IN (SELECT value FROM json_each(@ids))"),
        new(
            "events that go by their own ids",
            "SELECT * FROM events WHERE environment_id = @environment AND given_transaction_id IS NULL AND id IN (SELECT value FROM json_each(@ids))"),
    ];

    public static TheoryData<string> Statements => [.. SqliteEngineStore.Statements.Select(statement => statement.Name)];

    [Theory]
    [MemberData(nameof(Statements))]
    public void It_finds_its_rows_by_an_index(string name)
    {
        Assert.DoesNotContain(filled.Before[name], ReadsAll);
        Assert.DoesNotContain(filled.Analysed[name], ReadsAll);
    }

    public static TheoryData<string> Named => [.. OfPage.Select(statement => statement.Name)];

    [Theory]
    [MemberData(nameof(Named))]
    public void What_a_page_names_is_found_by_its_ids(string name) =>
        Assert.All([filled.Before[name], filled.Analysed[name]], plan => Assert.DoesNotContain(plan, step => step.EndsWith("(environment_id=?)", StringComparison.Ordinal)));

    [Fact]
    public void A_full_scan_would_be_noticed() => Assert.Contains(filled.Analysed[Careless.Name], ReadsAll);

    // The arrays that go in as JSON are read from end to end, of course, and so is what a recursion has found.
    private static bool ReadsAll(string step) =>
        step.StartsWith("SCAN", StringComparison.Ordinal)
        && !step.Contains("VIRTUAL TABLE", StringComparison.Ordinal)
        && step is not ("SCAN windows" or "SCAN up" or "SCAN waiting" or "SCAN next")
        && !step.Contains("CONSTANT ROW", StringComparison.Ordinal);

    public sealed class Filled : IAsyncLifetime
    {
        private readonly SqliteDatabase _database = new();

        public IReadOnlyDictionary<string, List<string>> Before { get; private set; } = null!;

        public IReadOnlyDictionary<string, List<string>> Analysed { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await _database.InitializeAsync();
            await LargeTables.FillAsync(_database);
            Before = ExplainAll();
            await LargeTables.AnalyseAsync(_database);
            Analysed = ExplainAll();
        }

        public ValueTask DisposeAsync() => _database.DisposeAsync();

        private Dictionary<string, List<string>> ExplainAll()
        {
            // A connection reads the statistics once, when it opens.
            using var connection = new SqliteConnection($"{_database.ConnectionString};Pooling=false");
            connection.Open();
            return SqliteEngineStore.Statements.Append(Careless).Concat(OfPage).ToDictionary(statement => statement.Name, statement => Explain(connection, statement.Sql));
        }

        private static List<string> Explain(SqliteConnection connection, string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
            foreach (var name in new HashSet<string>(Names(sql)))
                command.Parameters.AddWithValue(name, name == "@ids" ? "[]" : 1);
            using var reader = command.ExecuteReader();
            var steps = new List<string>();
            while (reader.Read())
                steps.Add(reader.GetString(3));
            return steps;
        }

        private static IEnumerable<string> Names(string sql) =>
            from part in sql.Split('@').Skip(1)
            select $"@{string.Concat(part.TakeWhile(char.IsAsciiLetterOrDigit))}";
    }
}
