using System.Net.Http.Json;
using Carillon.Data.Execution;
using Carillon.Tests.Server;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Engine;

/// <summary>Providers that fail in every way there is, over real connections, and what becomes of their messages and of everybody else's.</summary>
public sealed class FaultTests
{
    private const int Texts = 30;
    private const int Mails = 20;

    private readonly FakeTimeProvider _clock = new(new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    [Theory]
    [InlineData(Fault.Hang, Store.Sqlite), InlineData(Fault.Hang, Store.Postgres)]
    [InlineData(Fault.Trickle, Store.Sqlite)]
    [InlineData(Fault.Reset, Store.Sqlite)]
    [InlineData(Fault.TooMany, Store.Sqlite)]
    [InlineData(Fault.Down, Store.Sqlite)]
    [InlineData(Fault.Refusal, Store.Sqlite)]
    [InlineData(Fault.Malformed, Store.Sqlite)]
    [InlineData(Fault.Huge, Store.Sqlite)]
    public async Task Nobody_else_waits_for_it_and_every_message_comes_to_its_end(Fault fault, Store store)
    {
        await using var failing = await FaultyPeer.StartAsync(fault);
        await using var healthy = await HttpPeer.StartAsync(200);
        await using var app = await StartAsync(store, [failing], healthy, ("Carillon:Engine:RunsInFlight", "16"), ("Carillon:Engine:SendsPerIntegration", "2"));

        // More than all places of the engine, and before the others.
        for (var i = 0; i < Texts; i++) await TriggerAsync(app, "texts", $"t{i}");
        await failing.UntilAsync(() => failing.Asked.Count > 0);
        for (var i = 0; i < Mails; i++) await TriggerAsync(app, "mails", $"m{i}");
        await app.UntilAsync(async () => (await RunsAsync(app, "mails")).Count(run => run.States == "c") == Mails);

        if (fault is Fault.Hang or Fault.Trickle) Assert.Equal((2, 2, 0), (failing.Open, failing.Asked.Count, failing.Taken.Count));
        await HealAsync(app, failing);

        var ends = (await RunsAsync(app, "texts")).Select(run => run.States).Distinct();
        Assert.Equal([fault == Fault.Refusal ? "f" : "c"], ends);
        if (fault != Fault.Refusal) Assert.Equal(Texts, failing.Taken.Distinct().Count());

        // Whoever says that they took a message is not asked to again.
        Assert.Equal(failing.Taken.Count, failing.Taken.Distinct().Count());
        Assert.Equal(Mails, healthy.Received.Count);
    }

    [Theory]
    [InlineData(Fault.TooMany, 1)]
    [InlineData(Fault.Down, 1)]
    [InlineData(Fault.Refusal, 0)]
    [InlineData(Fault.Malformed, 0)]
    [InlineData(Fault.Huge, 0)]
    [InlineData(Fault.Hang, 0)]
    [InlineData(Fault.Trickle, 0)]
    [InlineData(Fault.Reset, 0)]
    public async Task Only_what_it_certainly_did_not_take_goes_to_the_next_in_line(Fault fault, int elsewhere)
    {
        await using var failing = await FaultyPeer.StartAsync(fault);
        await using var second = await FaultyPeer.StartAsync();
        await using var third = await FaultyPeer.StartAsync();
        await using var healthy = await HttpPeer.StartAsync(200);
        // Of those that were set up alike the newest is meant.
        await using var app = await StartAsync(Store.Sqlite, [failing, third, second], healthy, ("Carillon:Engine:Failover", "true"));

        await TriggerAsync(app, "texts", "ann");
        await failing.UntilAsync(() => failing.Asked.Count > 0);
        if (fault is Fault.Hang or Fault.Trickle)
        {
            await failing.UntilAsync(() => failing.Open > 0);
            app.Advance(TimeSpan.FromSeconds(31));
            await app.UntilAsync(async () => (await RunsAsync(app, "texts")).TrueForAll(Rests));
        }

        await HealAsync(app, failing);

        Assert.Equal((elsewhere, 0), (second.Taken.Count, third.Asked.Count));
        Assert.Equal(fault == Fault.Refusal ? 0 : 1, failing.Taken.Count + second.Taken.Count);
    }

    private static async Task<CarillonApp> StartAsync(
        Store store, FakeTimeProvider clock, IReadOnlyList<FaultyPeer> gateways, HttpPeer healthy, params (string, string)[] settings)
    {
        var app = await CarillonApp.StartAsync(
            store,
            clock,
            settings:
            [
                ("Carillon:Outbound:Allow:0", "127.0.0.0/8"),
                ("Carillon:RateLimits:Enabled", "false"),
                ("Carillon:Engine:Integrations:mail:AtOnce", $"{Mails}"),
                .. settings,
            ]);
        foreach (var (index, gateway) in gateways.Index())
        {
            (await app.Api.PostAsJsonAsync("/v1/integrations", new
            {
                providerId = "generic-sms",
                channel = "sms",
                identifier = $"sms-{index}",
                credentials = new { baseUrl = $"{gateway.Url}sms", apiKeyRequestHeader = "x-api", apiKey = "ak", from = "f", idPath = "id" },
                active = true,
            })).EnsureSuccessStatusCode();
        }

        (await app.Api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "email-webhook",
            channel = "email",
            identifier = "mail",
            credentials = new { webhookUrl = $"{healthy.Url}mail", secretKey = "s", from = "shop@example.com" },
            active = true,
            check = false,
        })).EnsureSuccessStatusCode();
        await app.CreateWorkflowAsync("Texts", new { template = new { type = "sms", content = "hello" }, active = true });
        await app.CreateWorkflowAsync("Mails", new { template = new { type = "email", contentType = "customHtml", subject = "s", content = "hello" }, active = true });
        return app;
    }

    private Task<CarillonApp> StartAsync(Store store, IReadOnlyList<FaultyPeer> gateways, HttpPeer healthy, params (string, string)[] settings) =>
        StartAsync(store, _clock, gateways, healthy, settings);

    private static Task<string> TriggerAsync(CarillonApp app, string workflow, string subscriberId) =>
        app.TriggeredAsync(new { name = workflow, to = new { subscriberId, phone = "+1", email = $"{subscriberId}@example.com" } });

    /// <summary>Until it works again, calls that hang have been given up, and everything has come to its end.</summary>
    private async Task HealAsync(CarillonApp app, FaultyPeer failing)
    {
        var asItWas = failing.Fault;
        if (asItWas is Fault.Hang or Fault.Trickle && failing.Open > 0)
        {
            failing.Fault = Fault.None;
            app.Advance(TimeSpan.FromSeconds(31));
        }
        else if (asItWas is not (Fault.Refusal or Fault.Malformed or Fault.Huge))
        {
            await app.UntilAsync(async () => (await RunsAsync(app, "texts")).TrueForAll(Rests));
            failing.Fault = Fault.None;
        }

        for (var turn = 0; turn < 200; turn++)
        {
            await app.UntilAsync(async () => (await RunsAsync(app, "texts")).TrueForAll(Rests));
            if ((await RunsAsync(app, "texts")).TrueForAll(run => run.DueAt is null)) break;
            app.Advance(TimeSpan.FromMinutes(2));
        }

        await app.SettledAsync();
    }

    // Not claimed, that is: time must not pass while somebody works.
    private bool Rests(Run run) => run.DueAt is null || (run.LeaseToken is null && run.DueAt > _clock.GetUtcNow());

    private static async Task<List<Run>> RunsAsync(CarillonApp app, string workflow)
    {
        await using var db = app.OpenDb();
        return await db.Runs.AsNoTracking()
            .Join(db.Workflows, run => run.WorkflowId, one => one.Id, (run, one) => new { run, one.Identifier })
            .Where(both => both.Identifier == workflow).Select(both => both.run).ToListAsync();
    }
}
