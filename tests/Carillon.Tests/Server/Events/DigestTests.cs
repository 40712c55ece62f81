using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Tests.Support;
using static Carillon.Tests.Server.Events.TimeRequests;

namespace Carillon.Tests.Server.Events;

public sealed class DigestTests
{
    private const string Said = "{{step.total_count}} events: {{#each step.events}}{{name}},{{/each}} digest={{step.digest}}";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Events_of_a_window_are_said_together_in_the_order_of_arrival(Store store)
    {
        await using var app = await StartAsync(store);
        await app.CreateWorkflowAsync("Digest", Digest(Regular(4, "seconds")), WorkflowRequests.InApp(Said));

        foreach (var name in new[] { "E0", "E1", "E2" })
            await app.SendAsync("digest", name);
        await app.PassAsync(TimeSpan.FromMilliseconds(3_999));
        Assert.Empty(await app.FeedAsync("ann"));
        Assert.Equal(["delayed", "pending"], await app.StatusesAsync("E0"));
        await app.PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(["3 events: E0,E1,E2, digest=true"], await app.FeedAsync("ann"));
        var leader = await app.NotificationAsync("E0");
        Assert.Equal(["completed", "completed"], await app.StatusesAsync("E0"));
        Assert.Equal(
            ["Step created", "Step digested", "Step queued", "Start digesting", "Digest triggered events"], leader.Jobs()[0].Account());
        Assert.Equal("""{"delay":4000}""", leader.Jobs()[0].RawOf("Step digested"));
        const string Events = """[{"name":"E0"},{"name":"E1"},{"name":"E2"}]""";
        Assert.Equal(Events, leader.Jobs()[0].RawOf("Digest triggered events"));
        Assert.All(leader.Jobs(), job => Assert.Equal(Events, job.GetProperty("digest").GetProperty("events").GetRawText()));
        Assert.False(leader.TryGetProperty("_digestedNotificationId", out _));

        foreach (var name in new[] { "E1", "E2" })
        {
            var merged = await app.NotificationAsync(name);
            Assert.Equal(["merged", "merged"], await app.StatusesAsync(name));
            Assert.Equal(leader.Id(), merged.GetProperty("_digestedNotificationId").GetString());
            Assert.Equal(["Step created", "Digest was merged with other digest", "Step queued"], merged.Jobs()[0].Account());
            Assert.Equal(["Step created"], merged.Jobs()[1].Account());
            Assert.All(merged.Jobs(), job => Assert.Equal(0, job.GetProperty("digest").GetProperty("events").GetArrayLength()));
        }
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task After_a_window_has_closed_the_next_event_opens_another(Store store)
    {
        await using var app = await StartAsync(store);
        await app.CreateWorkflowAsync("Digest", Digest(Regular(4, "seconds")), WorkflowRequests.InApp(Said));

        await app.SendAsync("digest", "E0");
        await app.PassAsync(TimeSpan.FromSeconds(4));
        await app.SendAsync("digest", "E1");
        await app.SendAsync("digest", "E2");
        await app.PassAsync(TimeSpan.FromSeconds(4));

        Assert.Equal(["2 events: E1,E2, digest=true", "1 events: E0, digest=true"], await app.FeedAsync("ann"));
    }

    [Theory]
    [InlineData("""{"post":{"id":"p1"}}""", """{"post":{"id":"p1"}}""", true)]
    [InlineData("""{"post":{"id":"p1"}}""", """{"post":{"id":"p2"}}""", false)]
    [InlineData("""{"post":{"id":1}}""", """{"post":{"id":1.0}}""", true)]
    [InlineData("""{"post":{"id":1}}""", """{"post":{"id":"1"}}""", false)]
    [InlineData("""{"post":{"id":12345678901234567890}}""", """{"post":{"id":12345678901234567891}}""", false)]
    [InlineData("""{"post":{"id":null}}""", """{"post":{}}""", true)]
    [InlineData("""{"post":"gone"}""", """{}""", true)]
    [InlineData("""{"post":{"id":""}}""", """{}""", false)]
    [InlineData("""{"post":{"id":false}}""", """{}""", false)]
    [InlineData("""{"post":{"id":["a",1]}}""", """{"post":{"id":["a", 1]}}""", true)]
    [InlineData("""{"post":{"id":["a",1]}}""", """{"post":{"id":[1,"a"]}}""", false)]
    [InlineData("""{"post":{"id":{"x":1,"y":{"z":2}}}}""", """{"post":{"id":{"y":{"z":2},"x":1}}}""", true)]
    [InlineData("""{"post":{"id":{"x":1}}}""", """{"post":{"id":{"x":2}}}""", false)]
    public async Task Events_with_equal_values_at_the_digest_key_are_gathered_together(string one, string other, bool together)
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync(
            "Keyed", Digest(new { type = "regular", amount = 3, unit = "seconds", digestKey = "post.id" }), WorkflowRequests.InApp("{{step.total_count}}"));

        await app.SendAsync("keyed", "a", JsonDocument.Parse(one).RootElement);
        await app.SendAsync("keyed", "b", JsonDocument.Parse(other).RootElement);
        await app.PassAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(together ? ["2"] : ["1", "1"], await app.FeedAsync("ann"));
    }

    [Theory]
    [InlineData("backoff", true)]
    [InlineData("backoff", false)]
    [InlineData("regular", true)]
    public async Task With_a_look_back_the_first_event_passes_and_those_that_follow_are_gathered(string type, bool backoff)
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync(
            "Backoff",
            Digest(new { type, amount = 4, unit = "seconds", backoff, backoffAmount = 10, backoffUnit = "seconds" }),
            WorkflowRequests.InApp("bo {{step.total_count}}"));

        foreach (var name in new[] { "E0", "E1", "E2" })
            await app.SendAsync("backoff", name);
        Assert.Equal(["bo 0"], await app.FeedAsync("ann"));
        await app.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(["bo 2", "bo 0"], await app.FeedAsync("ann"));
        await app.PassAsync(TimeSpan.FromSeconds(11));
        await app.SendAsync("backoff", "E3");

        Assert.Equal(["bo 0", "bo 2", "bo 0"], await app.FeedAsync("ann"));
        Assert.Equal(["skipped", "completed"], await app.StatusesAsync("E0"));
        Assert.Equal(["Step created", "Digest was skipped, first backoff event", "Step queued"], (await app.NotificationAsync("E0")).Jobs()[0].Account());
        Assert.Equal(["completed", "completed"], await app.StatusesAsync("E1"));
        Assert.Equal(["merged", "merged"], await app.StatusesAsync("E2"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task When_the_leader_is_cancelled_the_next_one_goes_on_at_the_same_time_without_it(Store store)
    {
        await using var app = await StartAsync(store);
        await app.CreateWorkflowAsync("Digest", Digest(Regular(5, "seconds")), WorkflowRequests.InApp(Said));
        foreach (var name in new[] { "E0", "E1", "E2", "E3" })
            await app.SendAsync("digest", name);

        Assert.True(await app.CancelAsync("E0"));
        Assert.True(await app.CancelAsync("E2"));
        Assert.False(await app.CancelAsync("E0"));
        await app.QuietAsync();
        Assert.Equal(["delayed", "pending"], await app.StatusesAsync("E1"));
        await app.PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(["2 events: E1,E3, digest=true"], await app.FeedAsync("ann"));
        Assert.Equal(["canceled", "canceled"], await app.StatusesAsync("E0"));
        Assert.Equal(["completed", "completed"], await app.StatusesAsync("E1"));
        Assert.Equal(["canceled", "canceled"], await app.StatusesAsync("E2"));
        Assert.Equal(["merged", "merged"], await app.StatusesAsync("E3"));
        Assert.Equal(
            ["Step created", "Digest was merged with other digest", "Step queued", "Start digesting", "Digest triggered events"],
            (await app.NotificationAsync("E1")).Jobs()[0].Account());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Once_its_window_has_closed_each_event_can_still_leave_and_the_others_go_on(Store store)
    {
        await using var app = await StartAsync(store);
        await app.CreateWorkflowAsync(
            "Digest", Digest(Regular(4, "seconds")), WorkflowRequests.InApp($"first {Said}"), Delay(Regular(5, "seconds")), WorkflowRequests.InApp($"second {Said}"));
        foreach (var name in new[] { "E0", "E1", "E2", "E3" })
            await app.SendAsync("digest", name);
        await app.PassAsync(TimeSpan.FromSeconds(4));

        Assert.True(await app.CancelAsync("E0"));
        Assert.True(await app.CancelAsync("E2"));
        Assert.False(await app.CancelAsync("E2"));
        await app.QuietAsync();
        Assert.Equal(["completed", "completed", "canceled", "canceled"], await app.StatusesAsync("E0"));
        Assert.Equal(["merged", "merged", "delayed", "pending"], await app.StatusesAsync("E1"));
        await app.PassAsync(TimeSpan.FromMilliseconds(4_999));
        Assert.Single(await app.FeedAsync("ann"));
        await app.PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(["second 2 events: E1,E3, digest=true", "first 4 events: E0,E1,E2,E3, digest=true"], await app.FeedAsync("ann"));
        Assert.Equal(["merged", "merged", "completed", "completed"], await app.StatusesAsync("E1"));
        Assert.False(await app.CancelAsync("E1"));
        Assert.False(await app.CancelAsync("E3"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_cancelled_event_of_several_people_is_followed_by_the_next_one_of_each(Store store)
    {
        await using var app = await StartAsync(store);
        await app.CreateWorkflowAsync("Digest", Digest(Regular(5, "seconds")), WorkflowRequests.InApp(Said));
        string[] people = ["ann", "bob", "cid"];
        foreach (var name in new[] { "E0", "E1", "E2" })
            await app.SendAsync("digest", name, to: people);

        Assert.True(await app.CancelAsync("E0"));
        await app.QuietAsync();
        await app.PassAsync(TimeSpan.FromSeconds(5));

        foreach (var person in people)
            Assert.Equal(["2 events: E1,E2, digest=true"], await app.FeedAsync(person));
    }

    [Fact]
    public async Task A_digest_whose_conditions_do_not_hold_is_skipped_and_what_follows_goes_on_with_the_event_alone()
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync("Digest", DigestFor("late"), WorkflowRequests.InApp(Said));

        await app.SendAsync("digest", "soon");

        Assert.Equal(["0 events:  digest=false"], await app.FeedAsync("ann"));
        Assert.Equal(["skipped", "completed"], await app.StatusesAsync("soon"));
        Assert.Equal(
            ["Step created", "Step was filtered based on steps filters", "Step queued"], (await app.NotificationAsync("soon")).Jobs()[0].Account());
    }

    // What was gathered has to be said: the condition tells whether an event waits, not what becomes of those that did.
    [Fact]
    public async Task Conditions_are_asked_when_an_event_comes_and_not_again_when_the_window_closes()
    {
        await using var app = await StartAsync();
        await app.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId = "ann", firstName = "Ann" });
        var named = new { on = "subscriber", field = "firstName", @operator = "EQUAL", value = "Ann" };
        await app.CreateWorkflowAsync("Digest", If(named, Digest(Regular(4, "seconds"))), WorkflowRequests.InApp(Said));

        await app.SendAsync("digest", "E0");
        await app.SendAsync("digest", "E1");
        await app.Api.PutAsJsonAsync("/v1/subscribers/ann", new { firstName = "Anna" });
        await app.PassAsync(TimeSpan.FromSeconds(4));

        Assert.Equal(["2 events: E0,E1, digest=true"], await app.FeedAsync("ann"));
    }

    private static JsonNode DigestFor(string name) =>
        If(new { on = "payload", field = "name", @operator = "EQUAL", value = name }, Digest(Regular(4, "seconds")));

    private static JsonNode If(object condition, object step)
    {
        var conditioned = JsonNode.Parse(JsonSerializer.Serialize(step))!;
        conditioned["filters"] = JsonSerializer.SerializeToNode(new[] { new { value = "AND", children = new[] { condition } } });
        return conditioned;
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Each_digest_step_gathers_for_itself_and_a_later_one_has_all_that_earlier_ones_gathered(Store store)
    {
        await using var app = await StartAsync(store);
        await app.CreateWorkflowAsync(
            "Twice", Digest(Regular(2, "seconds")), WorkflowRequests.InApp(Said), Digest(Regular(10, "seconds")), WorkflowRequests.InApp(Said));

        await app.SendAsync("twice", "A1");
        await app.SendAsync("twice", "A2");
        await app.PassAsync(TimeSpan.FromSeconds(2));
        await app.SendAsync("twice", "B1");
        await app.SendAsync("twice", "B2");
        await app.PassAsync(TimeSpan.FromSeconds(2));
        await app.PassAsync(TimeSpan.FromSeconds(8));

        Assert.Equal(
            ["4 events: A1,A2,B1,B2, digest=true", "2 events: B1,B2, digest=true", "2 events: A1,A2, digest=true"],
            (await app.FeedAsync("ann")).OrderByDescending(said => said, StringComparer.Ordinal));
        Assert.Equal(["completed", "completed", "merged", "merged"], await app.StatusesAsync("B1"));
        Assert.Equal(2, (await app.NotificationAsync("A1")).Jobs()[0].GetProperty("digest").GetProperty("events").GetArrayLength());
        Assert.Equal(4, (await app.NotificationAsync("A1")).Jobs()[3].GetProperty("digest").GetProperty("events").GetArrayLength());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Digests_and_delays_follow_one_another_in_any_order(Store store)
    {
        await using var app = await StartAsync(store);
        await app.CreateWorkflowAsync(
            "Mixed", Delay(Regular(1, "seconds")), Digest(Regular(2, "seconds")), Delay(Regular(3, "seconds")), WorkflowRequests.InApp(Said));

        await app.SendAsync("mixed", "E0");
        await app.PassAsync(TimeSpan.FromSeconds(1));
        await app.SendAsync("mixed", "E1");
        await app.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(["completed", "merged", "merged", "merged"], await app.StatusesAsync("E1"));
        await app.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(["completed", "completed", "delayed", "pending"], await app.StatusesAsync("E0"));
        await app.PassAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(["2 events: E0,E1, digest=true"], await app.FeedAsync("ann"));
    }

    [Fact]
    public async Task A_window_outlives_a_change_of_its_workflow()
    {
        await using var app = await StartAsync();
        var workflow = await app.CreateWorkflowAsync("Digest", Digest(Regular(10, "seconds")), WorkflowRequests.InApp(Said));
        await app.SendAsync("digest", "E0");

        var steps = workflow.Steps();
        await app.UpdateWorkflowAsync(workflow, new
        {
            steps = new object[]
            {
                new { _id = steps[0].Id(), template = new { type = "digest", content = "" }, metadata = Regular(60, "seconds"), active = true },
                new { _id = steps[1].Id(), template = new { type = "in_app", content = "changed" }, active = true },
            },
        });
        await app.SendAsync("digest", "E1");
        await app.PassAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(["2 events: E0,E1, digest=true"], await app.FeedAsync("ann"));
    }

    [Fact]
    public async Task People_and_workflows_are_kept_apart()
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync("One", Digest(Regular(4, "seconds")), WorkflowRequests.InApp("one {{step.total_count}}"));
        await app.CreateWorkflowAsync("Two", Digest(Regular(4, "seconds")), WorkflowRequests.InApp("two {{step.total_count}}"));

        await app.SendAsync("one", "a", to: new[] { "ann", "bob" });
        await app.SendAsync("one", "b");
        await app.SendAsync("two", "c");
        await app.PassAsync(TimeSpan.FromSeconds(4));

        Assert.Equal(["one 2", "two 1"], (await app.FeedAsync("ann")).Order());
        Assert.Equal(["one 1"], await app.FeedAsync("bob"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Events_that_are_expanded_on_one_page_are_gathered_all_the_same(Store store)
    {
        await using var app = await StartAsync(store);
        await app.CreateWorkflowAsync("Digest", Digest(Regular(4, "seconds")), WorkflowRequests.InApp(Said));

        await app.Api.PostAsJsonAsync("/v1/events/trigger/bulk", new
        {
            events = Enumerable.Range(0, 20).Select(i => new { name = "digest", to = new[] { "ann", "bob" }, payload = new { name = i } }),
        });
        await app.QuietAsync();
        await app.PassAsync(TimeSpan.FromSeconds(4));

        var expected = $"20 events: {string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},"))} digest=true";
        Assert.Equal([expected], await app.FeedAsync("ann"));
        Assert.Equal([expected], await app.FeedAsync("bob"));
    }

    [Fact]
    public async Task Steps_that_are_switched_off_are_never_run_beside_a_digest()
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync(
            "Digest", Digest(Regular(4, "seconds")),
            new { template = new { type = "in_app", content = "off" }, active = false },
            WorkflowRequests.InApp("on"));

        await app.SendAsync("digest", "E0");
        await app.PassAsync(TimeSpan.FromSeconds(4));

        Assert.Equal(["on"], await app.FeedAsync("ann"));
        Assert.Equal(["completed", "completed"], await app.StatusesAsync("E0"));
    }

    [Theory]
    [InlineData("""{"type":"regular","unit":"seconds"}""", "Invalid digest amount")]
    [InlineData("""{"type":"regular","amount":0,"unit":"seconds"}""", "Invalid digest amount")]
    [InlineData("""{"type":"backoff","amount":4}""", "Invalid digest unit")]
    [InlineData("""{"type":"timed","amount":1,"unit":"days"}""", "Digest timed config is missing")]
    [InlineData("""{"type":"timed","amount":1,"unit":"days","timed":{"atTime":"25:00"}}""", "Digest timed config atTime has invalid format")]
    [InlineData("""{"type":"timed","amount":1,"unit":"months","timed":{"atTime":"09:00","monthDays":[32]}}""", "Digest timed config monthDays values are invalid")]
    [InlineData("""{"type":"timed","timed":{"cronExpression":"when it rains"}}""", "Digest timed config cronExpression is invalid")]
    [InlineData("""{"type":"timed","amount":12,"unit":"months","timed":{"atTime":"09:00","monthDays":[31]}}""", "Delay for next digest could not be calculated")]
    public async Task A_digest_that_cannot_be_fails_visibly_and_ends_its_run(string metadata, string error)
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync("Wrong", Digest(JsonDocument.Parse(metadata).RootElement), WorkflowRequests.InApp("never"));

        await app.SendAsync("wrong", "t1");

        Assert.Equal(["failed", "canceled"], await app.StatusesAsync("t1"));
        Assert.Equal($$"""{"error":"{{error}}"}""", (await app.NotificationAsync("t1")).Jobs()[0].RawOf("Invalid digest configuration"));
        Assert.Empty(await app.FeedAsync("ann"));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-11-24T08:00:00Z")]
    [InlineData("America/New_York", "2026-11-23T14:00:00Z")]
    [InlineData(null, "2026-11-24T00:00:00Z")]
    public async Task A_timed_digest_closes_by_the_clock_of_the_subscriber_or_else_of_the_environment(string? timezone, string closes)
    {
        await using var app = await StartAsync();
        await using (var db = app.OpenDb())
        {
            var environment = db.Environments.Single(environment => environment.Id == app.EnvironmentId);
            environment.Settings = environment.Settings with { Timezone = "Asia/Tokyo" };
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await app.CreateWorkflowAsync(
            "Daily", Digest(new { type = "timed", amount = 1, unit = "days", timed = new { atTime = "09:00" } }), WorkflowRequests.InApp("news"));
        var due = DateTimeOffset.Parse(closes, System.Globalization.CultureInfo.InvariantCulture);

        await app.SendAsync("daily", "t1", to: new { subscriberId = "ann", timezone });
        await app.PassAsync(due - Start - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await app.FeedAsync("ann"));
        await app.PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(["news"], await app.FeedAsync("ann"));
    }
}
