using System.Diagnostics;

namespace Carillon.Driving;

/// <summary>A PostgreSQL of its own, flushing to disk as in earnest, that can be crashed. It stops when our end of its input closes.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly Process _script;

    private PostgresServer(Process script, string connectionString)
    {
        _script = script;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    public static async Task<PostgresServer> StartAsync(string script)
    {
        var start = new ProcessStartInfo("bash", [script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["CARILLON_TEST_POSTGRES_FSYNC"] = "on";
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("PostgreSQL did not start.");
        return new(process, line);
    }

    /// <summary>Takes it down without a shutdown and starts it again; returns when it takes connections.</summary>
    public async Task CrashAsync()
    {
        await _script.StandardInput.WriteLineAsync("crash");
        if (await _script.StandardOutput.ReadLineAsync() != ConnectionString)
            throw new InvalidOperationException("PostgreSQL did not come back.");
    }

    public async ValueTask DisposeAsync()
    {
        _script.StandardInput.Close();
        await _script.WaitForExitAsync();
        _script.Dispose();
    }
}
