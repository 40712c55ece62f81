using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Server.Events;

public sealed class TriggerTests
{
    private static readonly object Ann = new { name = "Ann" };

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Who_is_named_gets_the_message(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Greet");

        var response = await app.TriggerAsync(new { name = workflow.Identifier(), to = "ann", payload = Ann });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var data = await response.DataAsync();
        Assert.True(data.GetProperty("acknowledged").GetBoolean());
        Assert.Equal("processed", data.GetProperty("status").GetString());
        await app.SettledAsync();
        Assert.Equal(["Hello Ann"], await app.FeedAsync("ann"));
        Assert.Equal("expanded", (await app.EventAsync(data.GetProperty("transactionId").GetString()!)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Transaction_ids_that_are_made_here_are_uuids_that_sort_by_age()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await CarillonApp.StartAsync(Store.Sqlite, time);
        var workflow = await app.CreateWorkflowAsync("Greet");

        List<string> ids = [];
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann", payload = Ann }));
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        // Of one moment.
        for (var i = 0; i < 3; i++)
            ids.Add(await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann", payload = Ann }));

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.InRange(Convert.ToInt64(ids[^1].Replace("-", "", StringComparison.Ordinal)[..12], 16), now - 1, now);
        Assert.All(ids, id => Assert.True(Guid.ParseExact(id, "D") is { Version: 7, Variant: >= 8 and <= 11 }, id));
        Assert.Equal(ids.Order(StringComparer.Ordinal).Distinct(), ids);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Ids_objects_and_topics_mix_and_nobody_gets_it_twice(Store store)
    {
        // Three pages, each made before the one before it is written; and as time stands still, an event that had to be tried again would never be over.
        await using var app = await CarillonApp.StartAsync(store, new FakeTimeProvider(DateTimeOffset.UtcNow), settings: ("Carillon:Engine:PageSize", "3"));
        var workflow = await app.CreateWorkflowAsync("Greet");
        await app.JoinAsync("duty", "ann", "bob");
        await app.JoinAsync("team", "ann", "bob", "cat");

        var transactionId = await app.TriggeredAsync(new
        {
            name = workflow.Identifier(),
            to = new object[]
            {
                "ann", "ann", new { subscriberId = "dan", email = "dan@example.com", firstName = "Dan" },
                new { type = "Topic", topicKey = "duty" }, new { type = "Topic", topicKey = "team" },
            },
            payload = Ann,
        });

        await app.SettledAsync();
        foreach (var subscriberId in new[] { "ann", "bob", "cat", "dan" })
            Assert.Single(await app.FeedAsync(subscriberId));
        Assert.Equal(4, (await app.EventAsync(transactionId)).GetProperty("recipients").GetInt32());
        var dan = await (await app.Api.GetAsync("/v1/subscribers/dan")).DataAsync();
        Assert.Equal("Dan", dan.GetProperty("firstName").GetString());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_event_that_is_not_over_after_its_first_page_goes_on_among_the_large_ones(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store, settings: ("Carillon:Engine:PageSize", "2"));
        var workflow = await app.CreateWorkflowAsync("Greet");
        await app.JoinAsync("team", "ann", "bob", "cat", "dan", "eve");

        await app.TriggeredAsync(new { name = workflow.Identifier(), to = new { type = "Topic", topicKey = "team" }, payload = Ann, transactionId = "many" });
        await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann", payload = Ann, transactionId = "one" });

        await app.SettledAsync();
        await using var db = app.OpenDb();
        Assert.Equal(["many"], db.Events.Where(e => e.Large).Select(e => e.GivenTransactionId));
        Assert.Equal((3, 3), (db.Runs.Count(run => run.Large), db.Runs.Count(run => !run.Large)));
        Assert.Equal(2, (await app.FeedAsync("ann")).Length);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Bad_recipients_cost_the_good_ones_nothing_and_are_named(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Greet");

        var transactionId = await app.TriggeredAsync(new
        {
            name = workflow.Identifier(),
            to = new object?[]
            {
                5, "", null, new { email = "a@example.com" }, new[] { "ann" }, new string('x', 600),
                new { subscriberId = "bob", email = 7 }, new { type = "Topic", topicKey = "nowhere" }, "ann",
            },
            payload = Ann,
        });

        await app.SettledAsync();
        Assert.Equal(["Hello Ann"], await app.FeedAsync("ann"));
        var shown = await app.EventAsync(transactionId);
        Assert.Equal(1, shown.GetProperty("recipients").GetInt32());
        Assert.Equal(7, shown.GetProperty("problems").GetArrayLength());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_actor_does_not_hear_of_what_they_did_in_a_topic(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Greet");
        await app.JoinAsync("team", "ann", "bob");

        await app.TriggeredAsync(new
        {
            name = workflow.Identifier(),
            to = new { type = "Topic", topicKey = "team" },
            actor = new { subscriberId = "ann", lastName = "Actor" },
            payload = Ann,
        });

        await app.SettledAsync();
        Assert.Empty(await app.FeedAsync("ann"));
        Assert.Single(await app.FeedAsync("bob"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_transaction_id_is_served_once(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Greet");
        var body = new { name = workflow.Identifier(), to = "ann", payload = Ann, transactionId = "order-17" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.TriggeredAsync(body)));

        Assert.All(answers, id => Assert.Equal("order-17", id));
        await app.SettledAsync();
        Assert.Single(await app.FeedAsync("ann"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_transaction_id_that_was_given_out_is_served_once(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = (await app.CreateWorkflowAsync("Greet")).Identifier();
        var transactionId = await app.TriggeredAsync(new { name = workflow, to = "ann", payload = Ann });

        Assert.Equal(transactionId, await app.TriggeredAsync(new { name = workflow, to = "ann", payload = Ann, transactionId }));

        await app.SettledAsync();
        Assert.Single(await app.FeedAsync("ann"));
        Assert.Equal(1, (await app.EventAsync(transactionId)).GetProperty("recipients").GetInt32());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_broadcast_reaches_everybody_of_this_environment(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Greet");
        await app.SubscribeAsync([.. Enumerable.Range(0, 120).Select(number => $"s{number}")]);

        var answer = await app.Api.PostAsJsonAsync(EventRequests.Route + "/broadcast", new { name = workflow.Identifier(), payload = Ann });

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await app.SettledAsync();
        var transactionId = (await answer.DataAsync()).GetProperty("transactionId").GetString()!;
        Assert.Equal(120, (await app.EventAsync(transactionId)).GetProperty("recipients").GetInt32());
        Assert.Single(await app.FeedAsync("s119"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Of_many_at_once_each_is_answered_for_itself(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = (await app.CreateWorkflowAsync("Greet")).Identifier();

        var answer = await app.Api.PostAsJsonAsync(EventRequests.Route + "/bulk", new
        {
            events = new object?[]
            {
                new { name = workflow, to = "ann", payload = Ann, transactionId = "a" },
                new { name = "nope", to = "ann", payload = Ann },
                new { name = workflow },
                "rubbish",
                null,
                new { name = workflow, to = "bob", payload = Ann, transactionId = "b" },
            },
        });

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var items = (await answer.DataAsync()).EnumerateArray().ToList();
        Assert.Equal(
            ["processed", "error", "error", "error", "error", "processed"], items.Select(item => item.GetProperty("status").GetString()));
        Assert.Equal("workflow_not_found", items[1].GetProperty("error")[0].GetString());
        Assert.Equal(
            ["to should not be null or undefined", "payload should not be null or undefined"],
            items[2].GetProperty("error").EnumerateArray().Select(error => error.GetString()));
        await app.SettledAsync();
        Assert.Single(await app.FeedAsync("ann"));
        Assert.Single(await app.FeedAsync("bob"));
    }

    [Theory]
    [InlineData("{}", "name should not be null or undefined", "name must be a string", "to should not be null or undefined")]
    [InlineData("""{"name":"greet","to":null}""", "to should not be null or undefined")]
    [InlineData("""{"name":5,"to":"a"}""", "name must be a string")]
    [InlineData("""{"name":"greet","to":"a","payload":[1]}""", "payload must be an object")]
    [InlineData("""{"name":"greet","to":"a","overrides":"x"}""", "overrides must be an object")]
    [InlineData("""{"name":"greet","to":"a","transactionId":5}""", "transactionId must be a string")]
    [InlineData("""{"name":"greet","to":"a","actor":{"firstName":"A"}}""", "actor.subscriberId should not be null or undefined", "actor.subscriberId must be a string")]
    [InlineData("""{"name":"greet","to":"a","tenant":{}}""", "tenant.identifier should not be null or undefined")]
    public async Task A_wrong_field_is_named_and_nothing_is_stored(string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();
        await app.CreateWorkflowAsync("Greet");

        var answer = await app.Api.PostTextAsync(EventRequests.Route, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(complaints, await answer.MessagesAsync());
        await using var db = app.OpenDb();
        Assert.Empty(db.Events);
    }

    [Fact]
    public async Task An_unknown_workflow_and_one_of_another_environment_are_the_same()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Greet");
        var body = new { name = workflow.Identifier(), to = "ann" };

        var foreign = await app.WithKey(app.ProductionKey).PostAsJsonAsync(EventRequests.Route, body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        Assert.Equal(["workflow_not_found"], await foreign.MessagesAsync());
    }

    [Fact]
    public async Task What_cannot_do_anything_says_so()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Greet");
        var body = new { name = workflow.Identifier(), to = "ann" };

        Assert.Equal("no_tenant_found", await StatusAsync(app, new { name = workflow.Identifier(), to = "ann", tenant = "acme" }));
        await app.Api.PutAsJsonAsync($"{workflow.Path()}/status", new { active = false });
        Assert.Equal("trigger_not_active", await StatusAsync(app, body));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_call_meets_the_workflow_as_it_stands_however_often_it_was_called_before(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var (workflow, other) = (await app.CreateWorkflowAsync("Greet"), await app.CreateWorkflowAsync("Other"));
        var bulk = new { events = new[] { new { name = "greet", to = "ann", payload = Ann }, new { name = "other", to = "bob", payload = Ann } } };
        Assert.Equal(["processed", "processed"], await StatusesAsync(app, bulk));

        await app.Api.PutAsJsonAsync(workflow.Path(), new { steps = new[] { WorkflowRequests.InApp("Welcome {{name}}") } });
        Assert.Equal(["processed", "processed"], await StatusesAsync(app, bulk));
        await app.Api.PutAsJsonAsync($"{workflow.Path()}/status", new { active = false });
        Assert.Equal(["trigger_not_active", "processed"], await StatusesAsync(app, bulk));
        await app.Api.PutAsJsonAsync($"{workflow.Path()}/status", new { active = true });
        Assert.Equal(["processed", "processed"], await StatusesAsync(app, bulk));
        await app.Api.DeleteAsync(other.Path());
        Assert.Equal(["processed", "error"], await StatusesAsync(app, bulk));

        await app.SettledAsync();
        Assert.Equal(["Hello Ann", "Welcome Ann", "Welcome Ann", "Welcome Ann"], (await app.FeedAsync("ann")).Order());
        Assert.Equal(4, (await app.FeedAsync("bob")).Length);
    }

    [Fact]
    public async Task Someone_elses_event_is_not_shown()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Greet");
        var transactionId = await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann" });

        var answer = await app.WithKey(app.ProductionKey).GetAsync($"{EventRequests.Route}/{transactionId}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task There_is_nothing_to_cancel_of_what_is_over_or_never_was()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Greet");
        var transactionId = await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann" });
        await app.SettledAsync();

        foreach (var id in new[] { transactionId, "never" })
        {
            var answer = await app.Api.DeleteAsync($"{EventRequests.Route}/{id}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(JsonValueKind.False, (await answer.DataAsync()).ValueKind);
        }
    }

    private static async Task<string?> StatusAsync(CarillonApp app, object body) =>
        (await (await app.TriggerAsync(body)).DataAsync()).GetProperty("status").GetString();

    private static async Task<IEnumerable<string?>> StatusesAsync(CarillonApp app, object bulk)
    {
        var answer = await app.Api.PostAsJsonAsync(EventRequests.Route + "/bulk", bulk);
        return (await answer.DataAsync()).EnumerateArray().Select(item => item.GetProperty("status").GetString());
    }
}
