using System.Diagnostics;
using System.Net;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// A published build, as the Dockerfile makes it: how long it takes from the start of the process until it says that it is ready, and what
/// it then costs with nothing to do. Each the median of three, on stores of their own.
/// </summary>
internal sealed class Starts(StoreKind kind, string folder, IReadOnlyDictionary<string, string> settings)
{
    private const int Rounds = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // As the Dockerfile and the systemd unit have it.
    private readonly Dictionary<string, string> _environment = new(settings)
    {
        ["MALLOC_ARENA_MAX"] = "2",
        ["MALLOC_MMAP_THRESHOLD_"] = "65536",
        ["MALLOC_TRIM_THRESHOLD_"] = "65536",
    };

    private string Name => kind == StoreKind.Sqlite ? "SQLite" : "PostgreSQL";

    private readonly List<double> _first = [];
    private readonly List<double> _later = [];
    private IReadOnlyList<Measure> _idle = [];

    public static async Task<IReadOnlyList<Measure>> MeasureAsync(IReadOnlyDictionary<string, string> settings)
    {
        var folder = Directory.CreateTempSubdirectory("carillon-published-");
        try
        {
            await PublishAsync(folder.FullName);
            List<Measure> measures = [];
            foreach (var kind in new[] { StoreKind.Sqlite, StoreKind.Postgres })
                measures.AddRange(await new Starts(kind, folder.FullName, settings).MeasureAsync());
            return measures;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        for (var round = 1; round <= Rounds; round++) await StartTwiceAsync(isLast: round == Rounds);
        return
        [
            Measure.AtMost($"{Name}, ready on an empty store, tables made", Timings.Median(_first), 2, "s"),
            Measure.AtMost($"{Name}, ready", Timings.Median(_later), 2, "s"),
            .. _idle.Select(measure => measure with { Name = $"{Name}, {measure.Name}" }),
        ];
    }

    private async Task StartTwiceAsync(bool isLast)
    {
        await using var store = new ThrowAwayStore(kind);
        await using var server = new ServerProcess(store.ConnectionString, _environment) { Folder = folder };
        using var client = new HttpClient { BaseAddress = server.Address };
        _first.Add(await ReadyAsync(server, client));
        await server.StopAsync();
        _later.Add(await ReadyAsync(server, client));
        if (isLast) _idle = await Idle.MeasureAsync(server);
        await server.StopAsync();
    }

    private static async Task<double> ReadyAsync(ServerProcess server, HttpClient client)
    {
        var watch = Stopwatch.StartNew();
        var listening = server.Launch();
        while (!await IsReadyAsync(client))
        {
            if (listening.IsFaulted) await listening;
            if (watch.Elapsed > Patience) throw new TimeoutException($"It was not ready within {Patience}.");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task PublishAsync(string folder)
    {
        using var publish = Process.Start(new ProcessStartInfo("eng/publish", [folder]))!;
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0) throw new InvalidOperationException("It could not be published.");
    }
}
