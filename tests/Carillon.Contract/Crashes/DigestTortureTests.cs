using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Carillon.Driving;
using Carillon.Tests.Support;

namespace Carillon.Contract.Crashes;

/// <summary>Three engines on one PostgreSQL, killed while everybody triggers: no event is lost in a digest, and none is said twice.</summary>
[Collection(nameof(Alone))]
public sealed class DigestTortureTests
{
    private const int Clients = 50;
    private const int Events = 10_000;
    private const int Keys = 200;
    private const int PerCall = 20;
    private const int Kills = 6;

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Carillon__Engine__Lease"] = "00:00:06",
        ["Carillon__Engine__SendTimeout"] = "00:00:03",
        ["Carillon__RateLimits__Enabled"] = "false",
    };

    [Fact]
    public async Task Each_event_is_in_exactly_one_digest_of_each_step()
    {
        await using var store = new ThrowAwayStore(StoreKind.Postgres);
        await using var one = new ServerProcess(store.ConnectionString, Settings);
        await using var two = new ServerProcess(store.ConnectionString, Settings);
        await using var three = new ServerProcess(store.ConnectionString, Settings);
        ServerProcess[] engines = [one, two, three];
        await one.StartAsync();
        await Task.WhenAll(two.StartAsync(), three.StartAsync());
        using var owner = new Client(one.Address);
        await owner.SignUpAsync();
        var workflow = await CreateAsync(owner);

        using var callers = new Callers(owner, engines, workflow);
        var sent = Task.WhenAll(Enumerable.Range(0, Clients).Select(callers.SendAsync));
        for (var kill = 0; kill < Kills && !sent.IsCompleted; kill++)
        {
            await callers.MoreAsync(Events / (Kills + 1));
            await engines[kill % engines.Length].KillAsync();
            await engines[kill % engines.Length].StartAsync();
        }
        await sent;
        await store.SettledAsync(TimeSpan.FromSeconds(80));

        var said = await store.ListAsync<string>("SELECT content FROM messages");
        foreach (var step in new[] { "first", "second" })
        {
            var digests = said.Where(text => text.StartsWith(step, StringComparison.Ordinal)).Select(Numbers).ToList();
            Assert.Equal(Enumerable.Range(0, Events), digests.SelectMany(numbers => numbers).Order());
            Assert.All(digests, numbers => Assert.Single(numbers.Select(number => number % Keys).Distinct()));
        }

        Assert.Equal(0, await store.CountAsync("SELECT count(*) FROM digests WHERE open"));
        Assert.Equal(0, await store.CountAsync("SELECT count(*) FROM runs WHERE status = 0"));
        Figures.Write("digest-torture", string.Create(CultureInfo.InvariantCulture, $"""
            {Events:n0} events by {Clients} clients with {Keys} keys through two digests, three engines killed {Kills} times:
            each event in exactly one of {said.Count(text => text.StartsWith("first", StringComparison.Ordinal)):n0} digests of the first step
            and in one of {said.Count(text => text.StartsWith("second", StringComparison.Ordinal)):n0} of the second
            """));
    }

    private static async Task<string> CreateAsync(Client owner)
    {
        var group = (await owner.GetAsync("/v1/notification-groups"))[0].GetProperty("_id").GetString();
        var made = await owner.PostAsync("/v1/workflows", new
        {
            name = "Torture", notificationGroupId = group, active = true, draft = false,
            steps = new object[] { Digest(1), Says("first"), Digest(3), Says("second") },
        });
        return made.GetProperty("triggers")[0].GetProperty("identifier").GetString()!;
    }

    private static object Digest(int amount) => new
    {
        template = new { type = "digest", content = "" }, active = true, metadata = new { type = "regular", amount, unit = "seconds", digestKey = "about.key" },
    };

    private static object Says(string word) => new
    {
        template = new { type = "in_app", content = $"{word} {{{{#each step.events}}}}{{{{n}}}},{{{{/each}}}}" }, active = true,
    };

    private static List<int> Numbers(string said) =>
        [.. said.Split(' ')[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    /// <summary>Applications that call whichever engine answers, and call again with the same transactions until they are told it is kept.</summary>
    private sealed class Callers : IDisposable
    {
        private readonly IReadOnlyList<Client> _doors;
        private readonly string _workflow;
        private readonly ConcurrentDictionary<int, byte> _kept = new();

        public Callers(Client owner, IEnumerable<ServerProcess> engines, string workflow) =>
            (_doors, _workflow) = ([.. engines.Select(engine => new Client(engine.Address, owner.ApiKey))], workflow);

        public async Task SendAsync(int caller)
        {
            foreach (var numbers in Enumerable.Range(0, Events).Where(number => number % Clients == caller).Chunk(PerCall))
            {
                var calls = numbers.Select(number => new
                {
                    name = _workflow, to = $"person-{number % Keys % 20}", transactionId = $"event-{number}", payload = new { n = number, about = new { key = number % Keys } },
                });
                var door = caller;
                while (await _doors[door % _doors.Count].TryPostAsync("/v1/events/trigger/bulk", new { events = calls }) != HttpStatusCode.Created)
                    door++;
                foreach (var number in numbers)
                    _kept[number] = 0;
            }
        }

        public Task MoreAsync(int count)
        {
            var target = Math.Min(Events, _kept.Count + count);
            return Wait.UntilAsync(() => Task.FromResult(_kept.Count >= target), TimeSpan.FromMinutes(1));
        }

        public void Dispose()
        {
            foreach (var door in _doors)
                door.Dispose();
        }
    }
}
