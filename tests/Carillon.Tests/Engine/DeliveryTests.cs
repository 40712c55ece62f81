using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Tests.Server;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Engine;

/// <summary>What becomes of text messages whose gateways fail, each in its way.</summary>
public sealed class DeliveryTests
{
    private static readonly (string, string) Failover = ("Carillon:Engine:Failover", "true");

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_the_first_cannot_take_goes_to_the_next(Store store)
    {
        await using var down = await HttpPeer.StartAsync(503);
        await using var up = await HttpPeer.StartAsync(200, """{"id":"2"}""");
        await using var app = await StartAsync(store, null, [down, up], Failover);

        await TriggerAsync(app, "ann");
        await app.SettledAsync();

        Assert.Single(down.Received);
        Assert.Equal("from-1", (string?)Assert.Single(up.Received).Json!["sender"]);
        var run = await RunAsync(app);
        Assert.Equal("c", run.States);
        Assert.Equal(
            [Detail.IntegrationSelected, Detail.MessageCreated, Detail.ProviderPassedOver, Detail.IntegrationSelected, Detail.MessageSent],
            DetailsOf(run)[^5..]);
        var message = (await (await app.Api.GetAsync("/v1/messages")).JsonAsync()).GetProperty("data")[0];
        Assert.Equal(("sent", "2"), (message.Text("status"), message.Text("identifier")));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    public async Task So_does_what_an_account_may_not_send(int status)
    {
        await using var broke = await HttpPeer.StartAsync(status);
        await using var up = await HttpPeer.StartAsync(200, """{"id":"2"}""");
        await using var app = await StartAsync(Store.Sqlite, null, [broke, up], Failover);

        await TriggerAsync(app, "ann");
        await app.SettledAsync();

        Assert.Single(up.Received);
        Assert.Equal("c", (await RunAsync(app)).States);
    }

    [Fact]
    public async Task A_message_that_is_refused_goes_to_nobody_else()
    {
        await using var picky = await HttpPeer.StartAsync(400);
        await using var up = await HttpPeer.StartAsync(200, """{"id":"2"}""");
        await using var app = await StartAsync(Store.Sqlite, null, [picky, up], Failover);

        await TriggerAsync(app, "ann");
        await app.SettledAsync();

        Assert.Empty(up.Received);
        Assert.Equal("f", (await RunAsync(app)).States);
    }

    [Theory]
    [InlineData(false, 0, 2)]
    [InlineData(true, 1, 1)]
    public async Task What_may_have_been_sent_goes_elsewhere_only_where_a_repeat_is_allowed(bool allowed, int elsewhere, int atFirst)
    {
        var fails = true;
        await using var unsure = await HttpPeer.StartAsync(context =>
        {
            context.Response.StatusCode = fails ? 500 : 200;
            return context.Response.WriteAsync("{}");
        });
        await using var up = await HttpPeer.StartAsync(200, """{"id":"2"}""");
        var clock = new FakeTimeProvider(new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        await using var app = await StartAsync(
            Store.Sqlite, clock, [unsure, up], Failover, ("Carillon:Engine:RepeatsElsewhere", allowed ? "true" : "false"));
        await TriggerAsync(app, "ann");
        if (!allowed)
        {
            await app.UntilAsync(async () => await RunOrNullAsync(app) is { } run && DetailsOf(run).Contains(Detail.ProviderUnavailable));
            fails = false;
            app.Advance(TimeSpan.FromMinutes(1));
        }

        await app.SettledAsync();

        Assert.Equal((elsewhere, atFirst), (up.Received.Count, unsure.Received.Count));
        Assert.Equal("c", (await RunAsync(app)).States);
    }

    [Fact]
    public async Task Without_being_told_to_nothing_goes_elsewhere()
    {
        var fails = true;
        await using var down = await HttpPeer.StartAsync(context =>
        {
            context.Response.StatusCode = fails ? 503 : 200;
            return Task.CompletedTask;
        });
        await using var up = await HttpPeer.StartAsync(200);
        var clock = new FakeTimeProvider(new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        await using var app = await StartAsync(Store.Sqlite, clock, [down, up]);
        await TriggerAsync(app, "ann");
        await app.UntilAsync(async () => await RunOrNullAsync(app) is { } run && DetailsOf(run).Contains(Detail.ProviderUnavailable));

        fails = false;
        app.Advance(TimeSpan.FromMinutes(1));
        await app.SettledAsync();

        Assert.Empty(up.Received);
        Assert.Equal(2, down.Received.Count);
    }

    [Fact]
    public async Task Who_asks_for_a_rest_gets_it_from_everybody()
    {
        var isBusy = true;
        await using var busy = await HttpPeer.StartAsync(context =>
        {
            context.Response.StatusCode = isBusy ? 429 : 200;
            if (isBusy) context.Response.Headers.RetryAfter = "20";
            return Task.CompletedTask;
        });
        var clock = new FakeTimeProvider(new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        await using var app = await StartAsync(Store.Sqlite, clock, [busy]);
        await TriggerAsync(app, "ann");
        await app.UntilAsync(async () => await RunOrNullAsync(app) is { } run && DetailsOf(run).Contains(Detail.ProviderUnavailable));

        isBusy = false;
        await TriggerAsync(app, "bob");
        await app.UntilAsync(async () => await RunsAsync(app) is { Count: 2 } runs && runs.TrueForAll(run => Rests(run, clock)));
        Assert.Single(busy.Received);

        app.Advance(TimeSpan.FromSeconds(21));
        await app.SettledAsync();

        Assert.Equal(3, busy.Received.Count);
        Assert.All(await RunsAsync(app), run => Assert.Equal("c", run.States));
        Assert.Single(await RunsAsync(app), run => DetailsOf(run).Contains(Detail.ProviderUnavailable));
    }

    [Fact]
    public async Task Who_asks_for_short_rests_for_long_is_asked_again_within_minutes_all_the_while()
    {
        var isBusy = true;
        await using var busy = await HttpPeer.StartAsync(context =>
        {
            context.Response.StatusCode = isBusy ? 429 : 200;
            if (isBusy) context.Response.Headers.RetryAfter = "20";
            return Task.CompletedTask;
        });
        var clock = new FakeTimeProvider(new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        await using var app = await StartAsync(Store.Sqlite, clock, [busy]);
        await TriggerAsync(app, "ann");

        for (var turn = 0; turn < 40; turn++)
        {
            await app.UntilAsync(async () => await RunOrNullAsync(app) is { } run && Rests(run, clock));
            app.Advance(TimeSpan.FromMinutes(2.5));
        }

        await app.UntilAsync(async () => await RunOrNullAsync(app) is { } run && Rests(run, clock));
        Assert.Equal(41, busy.Received.Count);

        isBusy = false;
        app.Advance(TimeSpan.FromMinutes(2.5));
        await app.SettledAsync();
        Assert.Equal("c", (await RunOrNullAsync(app))!.States);
    }

    [Fact]
    public async Task Who_fails_again_and_again_is_left_alone_and_health_says_so_until_one_succeeds()
    {
        var isDown = true;
        await using var down = await HttpPeer.StartAsync(context =>
        {
            context.Response.StatusCode = isDown ? 503 : 200;
            return Task.CompletedTask;
        });
        var clock = new FakeTimeProvider(new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        await using var app = await StartAsync(
            Store.Sqlite, clock, [down], ("Carillon:Engine:BreakAfter", "3"), ("Carillon:Engine:BreakTime", "00:01:00"));
        for (var i = 0; i < 3; i++) await TriggerAsync(app, $"s{i}");
        await app.UntilAsync(async () => (await RunsAsync(app)).Count(run => DetailsOf(run).Contains(Detail.ProviderUnavailable)) == 3);

        await TriggerAsync(app, "late");
        await app.UntilAsync(async () => (await RunsAsync(app)).Count(run => DetailsOf(run).Contains(Detail.ProviderUnavailable)) == 4);

        Assert.Equal(3, down.Received.Count);
        Assert.Equal("""["generic-sms"]""", (await HealthAsync(app)).GetProperty("providers").GetProperty("leftAlone").GetRawText());

        isDown = false;
        await app.UntilAsync(async () => (await RunsAsync(app)).TrueForAll(run => Rests(run, clock)));
        for (var turn = 0; turn < 30 && (await RunsAsync(app)).Exists(run => run.DueAt is not null); turn++)
        {
            app.Advance(TimeSpan.FromMinutes(5));
            await app.UntilAsync(async () => (await RunsAsync(app)).TrueForAll(run => Rests(run, clock)));
        }

        await app.SettledAsync();
        Assert.All(await RunsAsync(app), run => Assert.Equal("c", run.States));
        Assert.False((await HealthAsync(app)).TryGetProperty("providers", out _));
    }

    [Fact]
    public async Task Limits_are_read_for_single_integrations()
    {
        await using var app = await CarillonApp.StartAsync(settings: ("Carillon:Engine:Integrations:sms-0:PerSecond", "5"));

        Assert.Equal(5, app.Get<Carillon.Engine.EngineOptions>().Integrations["sms-0"].PerSecond);
    }

    private static async Task<CarillonApp> StartAsync(
        Store store, TimeProvider? clock, IReadOnlyList<HttpPeer> gateways, params (string, string)[] settings)
    {
        var app = await CarillonApp.StartAsync(store, clock, settings: [("Carillon:Outbound:Allow:0", "127.0.0.0/8"), .. settings]);
        foreach (var (index, gateway) in gateways.Index())
        {
            var response = await app.Api.PostAsJsonAsync("/v1/integrations", new
            {
                providerId = "generic-sms",
                channel = "sms",
                identifier = $"sms-{index}",
                credentials = new { baseUrl = $"{gateway.Url}sms", apiKeyRequestHeader = "x-api", apiKey = "ak", from = $"from-{index}", idPath = "id" },
                active = true,
            });
            response.EnsureSuccessStatusCode();
        }

        await app.CreateWorkflowAsync("Texts", new { template = new { type = "sms", content = "hello" }, active = true });
        return app;
    }

    private static Task<string> TriggerAsync(CarillonApp app, string subscriberId) =>
        app.TriggeredAsync(new { name = "texts", to = new { subscriberId, phone = "+1" } });

    private static async Task<JsonElement> HealthAsync(CarillonApp app) =>
        (await (await app.Anonymous.GetAsync("/v1/health-check")).DataAsync()).GetProperty("details");

    // Not claimed, that is: time must not pass while somebody works.
    private static bool Rests(Run run, TimeProvider clock) => run.DueAt is null || (run.LeaseToken is null && run.DueAt > clock.GetUtcNow());

    private static async Task<Run> RunAsync(CarillonApp app) => (await RunsAsync(app)).Single();

    private static async Task<Run?> RunOrNullAsync(CarillonApp app) => (await RunsAsync(app)).SingleOrDefault();

    private static async Task<List<Run>> RunsAsync(CarillonApp app)
    {
        await using var db = app.OpenDb();
        return await db.Runs.AsNoTracking().OrderBy(run => run.Id).ToListAsync();
    }

    private static Detail[] DetailsOf(Run run) => [.. Trace.Read(run.Trace).Select(line => line.Detail)];
}
