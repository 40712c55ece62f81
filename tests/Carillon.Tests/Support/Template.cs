using System.Security.Cryptography;
using Carillon.Data;
using Microsoft.Data.Sqlite;

namespace Carillon.Tests.Support;

/// <summary>
/// A database with all tables and nothing in them, made once for this run. Every store begins as a copy of it, because making the tables
/// takes longer than most tests.
/// </summary>
internal static class Template
{
    private static readonly Stack<Action> Removals = [];
    private static readonly Lazy<string> LazyFile = new(MakeFile);
    private static readonly Lazy<string> LazyDatabase = new(MakeDatabase);

    /// <summary>The file that an embedded store is a copy of.</summary>
    public static string File => LazyFile.Value;

    /// <summary>The name of the database on the server of this run.</summary>
    public static string Database => LazyDatabase.Value;

    public static void Remove()
    {
        lock (Removals)
        {
            while (Removals.TryPop(out var remove)) remove();
        }
    }

    private static void WhenDone(Action remove)
    {
        lock (Removals) Removals.Push(remove);
    }

    private static string MakeFile()
    {
        var folder = Directory.CreateTempSubdirectory("carillon-template-");
        WhenDone(() => folder.Delete(recursive: true));
        var file = Path.Combine(folder.FullName, "carillon.db");
        var connectionString = $"Data Source={file};Pooling=false";
        Prepare(connectionString);

        // A copy is whole only if nothing of it is still beside it.
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
        return file;
    }

    private static string MakeDatabase()
    {
        var name = "carillon_template_" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        WhenDone(() => TestPostgres.Execute($"DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        Prepare($"{TestPostgres.Server};Database={name};Pooling=false");
        return name;
    }

    private static void Prepare(string connectionString) => Task.Run(async () =>
    {
        await using var database = new Database(connectionString);
        await database.PrepareAsync(_ => Task.CompletedTask, CancellationToken.None);
    }).GetAwaiter().GetResult();
}
