using System.Globalization;
using System.Net;
using Carillon.Data.Execution;
using Carillon.Driving;
using Carillon.Tests.Support;

namespace Carillon.Contract.Crashes;

[Collection(nameof(Alone))]
public sealed class KillTests
{
    // On each store; together they are the hundred that the README speaks of, and twenty events.
    private const int Kills = 50;
    private const int Events = 10;
    private const int KillsPerEvent = 5;
    private const int Recipients = 2_000;
    private const int Seed = 4711;

    private static readonly TimeSpan LongestLife = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan LongestStart = TimeSpan.FromMilliseconds(900);

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Carillon__Engine__Lease"] = "00:00:20",
        ["Carillon__Engine__SendTimeout"] = "00:00:10",
        ["Carillon__Outbound__Allow__0"] = "127.0.0.0/8",
        ["Carillon__RateLimits__Enabled"] = "false",
    };

    // Side by side, because a server that starts, waits or is dead leaves time for another.
    [Fact]
    public Task However_often_the_server_is_killed_everybody_gets_each_message() =>
        Task.WhenAll(KillAsync(StoreKind.Sqlite), KillAsync(StoreKind.Postgres));

    private static async Task KillAsync(StoreKind kind)
    {
        await using var sink = new SmtpSink();
        await using var store = new ThrowAwayStore(kind);
        await using var server = new ServerProcess(store.ConnectionString, Settings);
        await server.StartAsync();
        using var client = new Client(server.Address);
        var workflow = await PrepareAsync(client, sink.Port);

        var triggers = Task.CompletedTask;
        var random = new Random(Seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            if (kill % KillsPerEvent == 0 && kill / KillsPerEvent < Events)
                triggers = Task.WhenAll(triggers, TriggerAsync(client, workflow, kill / KillsPerEvent));
            await LiveAndDieAsync(server, random, diesStarting: kill % 10 == 9);
        }
        await server.StartAsync();
        await triggers;
        await store.SettledAsync(TimeSpan.FromMinutes(5));

        await AuditDatabaseAsync(store);
        var repeats = await AuditMailsAsync(store, sink);
        Figures.Write(
            $"kills-{kind}",
            $"{Kills} kills on {kind} under load: {Events * Recipients:n0} inbox messages and mails delivered; {repeats:n0} mails went out again, all in flight at a kill");
    }

    private static async Task<string> PrepareAsync(Client client, int mailPort)
    {
        await client.SignUpAsync();
        await client.PostAsync("/v1/integrations", new
        {
            providerId = "nodemailer",
            channel = "email",
            credentials = new { host = "127.0.0.1", port = mailPort, ignoreTls = true, from = "shop@example.com", senderName = "Shop" },
            active = true,
            check = false,
        });
        var people = Enumerable.Range(0, Recipients).Select(number => $"s{number}").ToList();
        await client.SubscribeAsync(people);
        await client.JoinAsync("all", people);
        return await client.CreateWorkflowAsync(
            "Kills",
            new { type = "in_app", content = "Hello {{order}}" },
            new { type = "email", contentType = "customHtml", subject = "{{order}}", content = "<p>Hello</p>" });
    }

    // Repeated until it is acknowledged, as an application does that does not know what became of its call.
    private static Task TriggerAsync(Client client, string workflow, int number) => Wait.UntilAsync(
        async () => await client.TryPostAsync("/v1/events/trigger", new
        {
            name = workflow,
            to = new[] { new { type = "Topic", topicKey = "all" } },
            payload = new { order = Transaction(number) },
            transactionId = Transaction(number),
        }) == HttpStatusCode.Created,
        TimeSpan.FromMinutes(5));

    private static async Task LiveAndDieAsync(ServerProcess server, Random random, bool diesStarting)
    {
        if (!server.IsRunning)
        {
            var listening = server.Launch();
            if (!diesStarting) await listening.WaitAsync(TimeSpan.FromMinutes(1));
        }

        await Task.Delay(random.NextDouble() * (diesStarting ? LongestStart : LongestLife));
        await server.KillAsync();
    }

    private static async Task AuditDatabaseAsync(ThrowAwayStore store)
    {
        Assert.Equal(Events, await store.CountAsync("SELECT count(*) FROM events WHERE status = 1"));
        Assert.Equal(Events * Recipients, await store.CountAsync("SELECT count(*) FROM runs WHERE status = 1"));
        Assert.Equal(Events * Recipients, await store.CountAsync("SELECT count(*) FROM (SELECT DISTINCT event_id, subscriber_id FROM runs) AS people"));
        Assert.Equal(Events * Recipients, await store.CountAsync("SELECT count(DISTINCT run_id) FROM messages WHERE channel = 'in_app'"));
        Assert.Equal(Events * Recipients, await store.CountAsync("SELECT count(*) FROM messages WHERE channel = 'in_app'"));
        Assert.Equal(0, await store.CountAsync("SELECT count(*) FROM messages WHERE status <> 'sent'"));
    }

    /// <summary>Returns how many went out again. That may only be where the account says that nobody knows how an attempt ended.</summary>
    private static async Task<int> AuditMailsAsync(ThrowAwayStore store, SmtpSink sink)
    {
        var mails = sink.Received.GroupBy(mail => $"{mail.Message.Subject} {mail.To.Single()}").ToDictionary(same => same.Key, same => same.Count());
        Assert.Equal(Events * Recipients, mails.Count);

        var traces = await TracesAsync(store);
        Assert.All(
            mails.Where(mail => mail.Value > 1),
            mail => Assert.True(mail.Value - 1 <= Account.UnknownOutcomes(traces[mail.Key]), string.Join(", ", traces[mail.Key])));
        return mails.Values.Sum(count => count - 1);
    }

    private static async Task<Dictionary<string, IReadOnlyList<TraceLine>>> TracesAsync(ThrowAwayStore store)
    {
        var traces = await store.ListAsync<string>(
            """
            SELECT e.given_transaction_id || ' ' || s.email || ' ' || r.trace
            FROM runs r JOIN events e ON e.id = r.event_id JOIN subscribers s ON s.id = r.subscriber_id
            """);
        return traces.Select(text => text.Split(' ', 3)).ToDictionary(parts => $"{parts[0]} {parts[1]}", parts => Trace.Read(parts[2]));
    }

    private static string Transaction(int number) => string.Create(CultureInfo.InvariantCulture, $"order-{number}");
}
