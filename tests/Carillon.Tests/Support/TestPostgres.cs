using Npgsql;

namespace Carillon.Tests.Support;

/// <summary>The PostgreSQL server of this run.</summary>
internal static class TestPostgres
{
    private const string Variable = "CARILLON_TEST_POSTGRES";

    public static string Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server
        ? server
        : throw new InvalidOperationException($"{Variable} is not set. Run ./test, or `. tests/postgres` first, which start a PostgreSQL and set it.");

    public static void Execute(string statement)
    {
        using var connection = new NpgsqlConnection($"{Server};Database=postgres;Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }
}
