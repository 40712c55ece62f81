using System.Net;
using System.Net.Http.Json;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Server.Edge;

/// <summary>A request with a key is done once, and its repeats hear what the first heard.</summary>
public sealed class IdempotencyTests
{
    private const string Path = "/v1/topics";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_repeat_is_answered_with_the_first_answer_and_does_nothing(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var first = await PostAsync(app, "k1", new { key = "team", name = "Team" });
        var repeat = await PostAsync(app, "k1", new { key = "team", name = "Team" });

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.False(first.Headers.Contains("Idempotency-Replay"));
        Assert.Equal(HttpStatusCode.Created, repeat.StatusCode);
        Assert.Equal("true", repeat.Headers.GetValues("Idempotency-Replay").Single());
        Assert.Equal("k1", repeat.Headers.GetValues("Idempotency-Key").Single());
        Assert.Equal(await first.Content.ReadAsStringAsync(), await repeat.Content.ReadAsStringAsync());
        await using var db = app.OpenDb();
        Assert.Equal(1, await db.Topics.CountAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Of_many_at_once_one_is_done(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PostAsync(app, "k1", new { key = "team", name = "Team" })));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created && !answer.Headers.Contains("Idempotency-Replay"));
        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.Conflict }));
        await using var db = app.OpenDb();
        Assert.Equal(1, await db.Topics.CountAsync());
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_refused()
    {
        await using var app = await CarillonApp.StartAsync();
        await PostAsync(app, "k1", new { key = "team", name = "Team" });

        var answer = await PostAsync(app, "k1", new { key = "other", name = "Team" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["Request with key \"k1\" is being reused for a different body"], await answer.MessagesAsync());
    }

    [Fact]
    public async Task A_refusal_is_repeated_too_and_another_route_is_another_request()
    {
        await using var app = await CarillonApp.StartAsync();

        var first = await PostAsync(app, "k1", new { });
        var repeat = await PostAsync(app, "k1", new { });
        var elsewhere = await PostAsync(app, "k1", new { subscriberId = "ann" }, "/v1/subscribers");

        Assert.Equal(HttpStatusCode.BadRequest, first.StatusCode);
        Assert.True(repeat.Headers.Contains("Idempotency-Replay"));
        Assert.Equal(HttpStatusCode.Created, elsewhere.StatusCode);
    }

    [Fact]
    public async Task Environments_do_not_share_keys()
    {
        await using var app = await CarillonApp.StartAsync();
        await PostAsync(app, "k1", new { key = "team", name = "Team" });

        var production = app.WithKey(app.ProductionKey);
        production.DefaultRequestHeaders.Add("Idempotency-Key", "k1");
        var answer = await production.PostAsJsonAsync(Path, new { key = "other", name = "Team" });

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Idempotency-Replay"));
    }

    [Fact]
    public async Task An_answer_is_kept_for_a_day()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-01T00:00:00Z", null));
        await using var app = await CarillonApp.StartAsync(clock: clock);
        await PostAsync(app, "k1", new { key = "team", name = "Team" });

        clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        var later = await PostAsync(app, "k1", new { key = "team", name = "Team" });

        Assert.Equal(HttpStatusCode.Conflict, later.StatusCode);
        Assert.False(later.Headers.Contains("Idempotency-Replay"));
    }

    [Fact]
    public async Task A_repeated_trigger_without_a_transaction_id_is_the_same_event()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Greet");
        var body = new { name = workflow.Identifier(), to = "ann" };

        await PostAsync(app, "k1", body, "/v1/events/trigger");
        await PostAsync(app, "k1", body, "/v1/events/trigger");
        await PostAsync(app, "k2", body, "/v1/events/trigger");

        await using var db = app.OpenDb();
        Assert.Equal(2, await db.Events.CountAsync());
    }

    [Fact]
    public async Task A_key_of_any_length_or_script_is_no_key()
    {
        await using var app = await CarillonApp.StartAsync();

        var answer = await PostAsync(app, new string('k', 256), new { key = "team", name = "Team" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Keys_can_be_switched_off()
    {
        await using var app = await CarillonApp.StartAsync(settings: ("Carillon:Idempotency:Enabled", "false"));

        await PostAsync(app, "k1", new { key = "team", name = "Team" });
        var repeat = await PostAsync(app, "k1", new { key = "team", name = "Team" });

        Assert.Equal(HttpStatusCode.Conflict, repeat.StatusCode);
    }

    [Fact]
    public async Task What_is_kept_cannot_be_read_in_the_database()
    {
        await using var app = await CarillonApp.StartAsync();
        await PostAsync(app, "k1", new { key = "team", name = "Unmistakable" });

        await using var db = app.OpenDb();
        var record = await db.IdempotencyRecords.SingleAsync();
        Assert.DoesNotContain("Unmistakable", record.Answer, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PostAsync(CarillonApp app, string key, object body, string path = Path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        return await app.Api.SendAsync(request);
    }
}
