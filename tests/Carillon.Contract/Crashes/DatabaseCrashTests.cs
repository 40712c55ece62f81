using System.Diagnostics;
using System.Net;
using Carillon.Driving;
using Carillon.Tests.Support;

namespace Carillon.Contract.Crashes;

[Collection(nameof(Alone))]
public sealed class DatabaseCrashTests
{
    private const int Connections = 8;
    private const int Crashes = 3;

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Carillon__Engine__Lease"] = "00:00:10",
        ["Carillon__Engine__SendTimeout"] = "00:00:05",
        ["Carillon__RateLimits__Enabled"] = "false",
    };

    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task When_PostgreSQL_crashes_under_load_everythingAcknowledged_is_delivered()
    {
        await using var postgres = await PostgresServer.StartAsync(Repository.Folder("tests", "postgres"));
        await using var store = new ThrowAwayStore(StoreKind.Postgres, postgres.ConnectionString);
        await using var server = new ServerProcess(store.ConnectionString, Settings);
        await server.StartAsync();
        using var client = new Client(server.Address);
        await client.SignUpAsync();
        var load = new Load(client, await client.CreateWorkflowAsync("Load", new { type = "in_app", content = "Hello" }));

        using var enough = new CancellationTokenSource();
        var senders = Enumerable.Range(0, Connections).Select(sender => load.SendAsync(sender, enough.Token)).ToList();
        List<TimeSpan> recoveries = [];
        for (var crash = 0; crash < Crashes; crash++)
        {
            await load.MoreAsync(200);
            await postgres.CrashAsync();
            recoveries.Add(await load.MoreAsync(1));
        }
        await load.MoreAsync(200);
        await enough.CancelAsync();
        await Task.WhenAll(senders);
        await store.SettledAsync(TimeSpan.FromMinutes(3));

        Assert.All(recoveries, took => Assert.InRange(took, TimeSpan.Zero, Recovery));
        Assert.DoesNotContain(load.Refusals, status => status != HttpStatusCode.ServiceUnavailable);
        var delivered = await store.ListAsync<string>(
            "SELECT e.given_transaction_id FROM events e JOIN runs r ON r.event_id = e.id JOIN messages m ON m.run_id = r.id WHERE e.status = 1 AND r.status = 1");
        Assert.Equal(delivered.Count, delivered.Distinct().Count());
        Assert.Empty(load.Acknowledged.Except(delivered));
        Figures.Write("database-crashes", $"""
            {Crashes} crashes of PostgreSQL under load: {load.Acknowledged.Count:n0} acknowledged events delivered once each;
            answering again after {string.Join(", ", recoveries.Select(took => $"{took.TotalSeconds:0.0} s"))}, {load.Refusals.Count:n0} calls refused with 503 meanwhile
            """);
    }

    /// <summary>Applications that trigger one event after another and remember which were acknowledged.</summary>
    private sealed class Load(Client client, string workflow)
    {
        private readonly Lock _lock = new();
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HashSet<string> Acknowledged { get; } = [];

        public List<HttpStatusCode> Refusals { get; } = [];

        public async Task SendAsync(int sender, CancellationToken enough)
        {
            for (var number = 0; !enough.IsCancellationRequested; number++)
            {
                var transactionId = $"{sender}-{number}";
                var status = await client.TryPostAsync("/v1/events/trigger", new { name = workflow, to = $"s{number % 100}", transactionId });
                Note(transactionId, status);
            }
        }

        /// <summary>Until so many more were acknowledged; returns how long that took.</summary>
        public async Task<TimeSpan> MoreAsync(int count)
        {
            var watch = Stopwatch.StartNew();
            int target;
            lock (_lock) target = Acknowledged.Count + count;
            while (true)
            {
                Task changed;
                lock (_lock)
                {
                    if (Acknowledged.Count >= target) return watch.Elapsed;
                    changed = _changed.Task;
                }
                await changed.WaitAsync(TimeSpan.FromMinutes(1));
            }
        }

        private void Note(string transactionId, HttpStatusCode? status)
        {
            lock (_lock)
            {
                if (status == HttpStatusCode.Created) Acknowledged.Add(transactionId);
                else Refusals.Add(status ?? throw new InvalidOperationException("The server itself was gone."));
                _changed.SetResult();
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
