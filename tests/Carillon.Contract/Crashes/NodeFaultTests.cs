using System.Globalization;
using System.Net;
using Carillon.Data.Execution;
using Carillon.Driving;
using Carillon.Tests.Support;

namespace Carillon.Contract.Crashes;

/// <summary>Three nodes on one PostgreSQL, the clock of one of them an hour ahead, and everything that may happen to a process.</summary>
[Collection(nameof(Alone))]
public sealed class NodeFaultTests
{
    private const int CallersAtOnce = 6;

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Carillon__Engine__Lease"] = "00:00:04",
        ["Carillon__Engine__SendTimeout"] = "00:00:02",
        ["Carillon__Outbound__Allow__0"] = "127.0.0.0/8",
        ["Carillon__RateLimits__Enabled"] = "false",
    };

    private static readonly Dictionary<string, string> Ahead = new(Settings)
    {
        ["LD_PRELOAD"] = Directory.GetDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).First(File.Exists),
        ["FAKETIME"] = "+1h",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
    };

    [Fact]
    public async Task Whatever_happens_to_a_node_what_was_accepted_is_delivered_once_and_in_time()
    {
        await using var sink = new SmtpSink();
        await using var store = new ThrowAwayStore(StoreKind.Postgres);
        await using var killed = new ServerProcess(store.ConnectionString, Settings);
        await using var stopped = new ServerProcess(store.ConnectionString, Settings);
        await using var ahead = new ServerProcess(store.ConnectionString, Ahead);
        ServerProcess[] nodes = [killed, stopped, ahead];
        await killed.StartAsync();
        await Task.WhenAll(stopped.StartAsync(), ahead.StartAsync());
        using var owner = new Client(killed.Address);
        var workflow = await PrepareAsync(owner, sink.Port);
        await using var callers = new Callers(CallersAtOnce, owner, nodes, workflow);

        await callers.MoreAsync(200);
        await killed.KillAsync();
        await callers.MoreAsync(200);
        await killed.StartAsync();

        stopped.Pause();
        await TakenOverAsync(store);
        stopped.Resume();
        await callers.MoreAsync(100);

        List<TimeSpan> stops = [];
        foreach (var node in nodes)
        {
            stops.Add(await node.StopAsync());
            await node.StartAsync();
        }

        await callers.MoreAsync(100);
        await callers.StopAsync();
        await store.SettledAsync(TimeSpan.FromMinutes(1));

        Assert.All(stops, took => Assert.InRange(took, TimeSpan.Zero, LongestStop));
        Assert.All(callers.Refusals.Keys, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        Assert.Contains("ahead of the database's", ahead.Output, StringComparison.Ordinal);
        await AuditTimesAsync(store);
        var repeats = await AuditAsync(store, sink, callers.Kept);
        Figures.Write("node-faults", string.Create(CultureInfo.InvariantCulture, $"""
            {callers.Kept.Count:n0} events by {CallersAtOnce} callers on three nodes, of which one was killed, one stopped for longer than its lease, one an hour
            ahead, and each restarted (stopping took {stops.Max().TotalSeconds:0.0} s at most): all delivered once; {repeats:n0} mails went out again, all in flight at a kill or a stop
            """));
    }

    private static async Task<string> PrepareAsync(Client owner, int mailPort)
    {
        await owner.SignUpAsync();
        await owner.PostAsync("/v1/integrations", new
        {
            providerId = "nodemailer",
            channel = "email",
            credentials = new { host = "127.0.0.1", port = mailPort, ignoreTls = true, from = "shop@example.com", senderName = "Shop" },
            active = true,
            check = false,
        });
        var group = (await owner.GetAsync("/v1/notification-groups"))[0].GetProperty("_id").GetString();
        var made = await owner.PostAsync("/v1/workflows", new
        {
            name = "Faults", notificationGroupId = group, active = true, draft = false,
            steps = new object[]
            {
                new { template = new { type = "in_app", content = "Hello" }, active = true },
                new { template = new { type = "delay", content = "" }, active = true, metadata = new { type = "regular", amount = 1, unit = "seconds" } },
                new { template = new { type = "email", contentType = "customHtml", subject = "Later", content = "<p>Hello</p>" }, active = true },
            },
        });
        return made.GetProperty("triggers")[0].GetProperty("identifier").GetString()!;
    }

    /// <summary>Until nothing is held any more by a claim that is held now.</summary>
    private static async Task TakenOverAsync(ThrowAwayStore store)
    {
        const string Held = "SELECT id || ' ' || lease_token FROM runs WHERE lease_token IS NOT NULL UNION ALL SELECT id || ' ' || lease_token FROM events WHERE lease_token IS NOT NULL";

        var held = (await store.ListAsync<string>(Held)).ToHashSet();
        Assert.NotEmpty(held);
        await Wait.UntilAsync(async () => !held.Overlaps(await store.ListAsync<string>(Held)), TimeSpan.FromSeconds(30));
    }

    // Were a node's own clock to count, what waits would leave early or what it wrote would be from the future.
    private static async Task AuditTimesAsync(ThrowAwayStore store)
    {
        Assert.Equal(0, await store.CountAsync("SELECT count(*) FROM events WHERE created_at > extract(epoch FROM now()) * 1000 + 5000"));
        Assert.Equal(0, await store.CountAsync("SELECT count(*) FROM runs WHERE updated_at > extract(epoch FROM now()) * 1000 + 5000"));
        Assert.Equal(0, await store.CountAsync(
            "SELECT count(*) FROM messages first JOIN messages later ON later.run_id = first.run_id AND later.channel = 'email' WHERE first.channel = 'in_app' AND later.created_at - first.created_at < 990"));
    }

    /// <summary>Returns how many mails went out again. That may only be where the account says that nobody knows how an attempt ended.</summary>
    private static async Task<int> AuditAsync(ThrowAwayStore store, SmtpSink sink, IReadOnlyCollection<string> kept)
    {
        var runs = await store.ListAsync<string>("SELECT e.given_transaction_id FROM events e JOIN runs r ON r.event_id = e.id WHERE e.status = 1 AND r.status = 1");
        Assert.Equal(kept.Order(), runs.Order());
        foreach (var channel in new[] { "in_app", "email" })
            Assert.Equal(kept.Count, await store.CountAsync("SELECT count(*) FROM messages WHERE channel = @p1 AND status = 'sent'", channel));

        var mails = sink.Received.GroupBy(mail => mail.To.Single()).ToDictionary(same => same.Key, same => same.Count());
        Assert.Equal(kept.Select(transaction => $"{transaction}@example.com").Order(), mails.Keys.Order());
        var accounts = (await store.ListAsync<string>("SELECT e.given_transaction_id || '@example.com ' || r.trace FROM events e JOIN runs r ON r.event_id = e.id"))
            .Select(text => text.Split(' ', 2)).ToDictionary(parts => parts[0], parts => Trace.Read(parts[1]));
        Assert.All(
            mails.Where(mail => mail.Value > 1),
            mail => Assert.True(mail.Value - 1 <= Account.UnknownOutcomes(accounts[mail.Key]), $"{mail.Key}: {string.Join(", ", accounts[mail.Key])}"));
        return mails.Values.Sum(count => count - 1);
    }
}
