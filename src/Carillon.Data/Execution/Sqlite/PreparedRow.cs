using Microsoft.Data.Sqlite;

namespace Carillon.Data.Execution.Sqlite;

/// <summary>One statement, prepared once and run for each row of a set; parameters are positional.</summary>
internal sealed class PreparedRow : IDisposable
{
    private readonly SqliteCommand _command;

    public PreparedRow(SqliteConnection connection, string sql, int parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
            _command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" });
        _command.Prepare();
    }

    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; null where there is no row, and where there is no value in it.</summary>
    public object? Value(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }

    public void Dispose() => _command.Dispose();

    public static string Placeholders(int count) => string.Join(", ", Enumerable.Range(1, count).Select(i => $"@p{i}"));
}
