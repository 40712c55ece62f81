using System.Net;
using System.Text.Json;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Carillon.Tests.Server.Events.TimeRequests;

namespace Carillon.Tests.Server.Events;

public sealed class DelayTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_year_passes_and_nothing_that_waits_is_forgotten(Store store)
    {
        await using var app = await StartAsync(store);
        var uuid = "11111111-1111-4111-8111-111111111111";
        var unread = new { on = "previousStep", step = uuid, stepType = "unread" };
        await app.CreateWorkflowAsync(
            "Yearly",
            new { uuid, template = new { type = "in_app", content = "now" }, active = true },
            Delay(Regular(13, "months")),
            new { template = new { type = "in_app", content = "later" }, active = true, filters = new[] { new { value = "AND", children = new[] { unread } } } });
        await app.SendAsync("yearly", "t1");
        var due = Start.AddMonths(13);
        Assert.Equal(due.AddDays(30), (await app.NotificationAsync("t1")).GetProperty("expireAt").GetDateTimeOffset());

        // The first message is older than its retention by then, and still there to be asked about.
        for (var month = 1; month < 13; month++) await app.AdvanceToAsync(Start.AddMonths(month));
        await using (var db = app.OpenDb())
            await db.Messages.Where(message => message.Content == "now").ExecuteUpdateAsync(message => message.SetProperty(one => one.Read, true), TestContext.Current.CancellationToken);
        await app.AdvanceToAsync(due);

        Assert.Equal(["completed", "completed", "canceled"], await app.StatusesAsync("t1"));
    }

    [Fact]
    public async Task What_waits_goes_on_as_it_began_also_when_its_step_has_been_switched_off_meanwhile()
    {
        await using var app = await StartAsync();
        var workflow = await app.CreateWorkflowAsync("Delay", Delay(Regular(5, "seconds")), WorkflowRequests.InApp("as promised"));
        await app.SendAsync("delay", "t1");

        var steps = workflow.Steps();
        await app.UpdateWorkflowAsync(workflow, new
        {
            steps = new object[]
            {
                new { _id = steps[0].Id(), template = new { type = "delay", content = "" }, metadata = Regular(5, "seconds"), active = true },
                new { _id = steps[1].Id(), template = new { type = "in_app", content = "as promised" }, active = false },
            },
        });
        await app.PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(["as promised"], await app.FeedAsync("ann"));
    }

    [Fact]
    public async Task A_delay_whose_conditions_do_not_hold_is_queued_and_left_out()
    {
        await using var app = await StartAsync();
        var never = new { on = "payload", field = "name", @operator = "EQUAL", value = "other" };
        await app.CreateWorkflowAsync(
            "Delay",
            new { template = new { type = "delay", content = "" }, metadata = Regular(5, "seconds"), active = true, filters = new[] { new { value = "AND", children = new[] { never } } } },
            WorkflowRequests.InApp("at once"));

        await app.SendAsync("delay", "t1");

        Assert.Equal(["canceled", "completed"], await app.StatusesAsync("t1"));
        Assert.Equal(["Step created", "Step queued", "Step was filtered based on steps filters"], (await app.NotificationAsync("t1")).Jobs()[0].Account());
    }


    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_is_delayed_comes_when_its_time_has_come_and_not_before(Store store)
    {
        await using var app = await StartAsync(store);
        await app.CreateWorkflowAsync("Late", Delay(Regular(8, "seconds")), WorkflowRequests.InApp("late {{name}}"));

        await app.SendAsync("late", "t1", new { name = "D" });

        var waiting = await app.NotificationAsync("t1");
        Assert.Equal(["delayed", "pending"], await app.StatusesAsync("t1"));
        Assert.Equal(["Step created", "Step delayed", "Step queued"], waiting.Jobs()[0].Account());
        Assert.Equal("""{"delay":8000}""", waiting.Jobs()[0].RawOf("Step delayed"));
        Assert.Equal(
            """{"type":"regular","amount":8,"unit":"seconds","timed":{"weekDays":[],"monthDays":[]},"events":[]}""",
            waiting.Jobs()[0].GetProperty("digest").GetRawText());

        await app.PassAsync(TimeSpan.FromMilliseconds(7_999));
        Assert.Empty(await app.FeedAsync("ann"));

        await app.PassAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["late D"], await app.FeedAsync("ann"));
        var job = (await app.NotificationAsync("t1")).Jobs()[0];
        Assert.Equal(["Step created", "Step delayed", "Step queued", "Delay is finished"], job.Account());
        Assert.Equal(["completed", "completed"], await app.StatusesAsync("t1"));
    }

    [Fact]
    public async Task Whoever_triggers_may_want_another_time()
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync("Late", Delay(Regular(8, "days")), WorkflowRequests.InApp("{{name}}"));

        await app.SendAsync("late", "soon", overrides: new { delay = new { amount = 1, unit = "seconds" } });
        await app.SendAsync("late", "wrong", overrides: new { delay = new { amount = "1", unit = "seconds" } });
        await app.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["soon"], await app.FeedAsync("ann"));
    }

    [Theory]
    [InlineData("sendAt", """{"sendAt":"2026-11-23T10:46:07.000Z"}""")]
    [InlineData("when.exactly", """{"when":{"exactly":"2026-11-23T10:46:07.000Z"}}""")]
    [InlineData("when.exactly", """{"when.exactly":"2026-11-23T10:46:07.000Z"}""")]
    public async Task It_waits_for_a_date_that_the_payload_names(string delayPath, string payload)
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync("Sched", Delay(new { type = "scheduled", delayPath }), WorkflowRequests.InApp("sched"));

        await app.SendAsync("sched", "t1", JsonDocument.Parse(payload).RootElement, overrides: new { delay = new { amount = 1, unit = "seconds" } });

        await app.PassAsync(TimeSpan.FromMilliseconds(2_999));
        Assert.Empty(await app.FeedAsync("ann"));
        await app.PassAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["sched"], await app.FeedAsync("ann"));
        Assert.False((await app.NotificationAsync("t1")).Jobs()[0].GetProperty("digest").TryGetProperty("delayPath", out _));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"sendAt":"zz"}""")]
    [InlineData("""{"sendAt":"2030-01-01T00:00:00Z"}""")]
    [InlineData("""{"sendAt":"2030-01-01T00:00:00+00:00"}""")]
    [InlineData("""{"sendAt":"2030-13-41T00:00:00.000Z"}""")]
    [InlineData("""{"sendAt":"2030-01-01"}""")]
    [InlineData("""{"sendAt":1893456000000}""")]
    public async Task A_payload_that_names_no_date_is_refused(string payload)
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync("Sched", Delay(new { type = "scheduled", delayPath = "sendAt" }), WorkflowRequests.InApp("sched"));

        var answer = await app.TriggerAsync(new { name = "sched", to = "ann", payload = JsonDocument.Parse(payload).RootElement });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["payload is missing required key(s) and type(s): sendAt (ISO Date)"], await answer.MessagesAsync());
    }

    [Fact]
    public async Task A_scheduled_delay_must_say_where_its_date_is()
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync("Sched", Delay(new { type = "scheduled" }), WorkflowRequests.InApp("sched"));

        var answer = await app.TriggerAsync(new { name = "sched", to = "ann" });

        Assert.Equal(["Delay path is required for scheduled delay"], await answer.MessagesAsync());
    }

    [Theory]
    [InlineData("""{"type":"scheduled","delayPath":"sendAt"}""", "Delay date at path sendAt must be a future date")]
    [InlineData("""{"type":"regular","amount":-5,"unit":"seconds"}""", "Invalid delay amount")]
    [InlineData("""{"type":"regular","amount":1e300,"unit":"months"}""", "Invalid delay amount")]
    [InlineData("""{"type":"regular","unit":"seconds"}""", "Invalid delay amount")]
    [InlineData("""{"type":"regular","amount":5}""", "Invalid delay unit")]
    public async Task A_delay_that_cannot_be_fails_visibly_and_nothing_is_sent_at_the_wrong_time(string metadata, string error)
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync("Wrong", WorkflowRequests.InApp("before"), Delay(JsonDocument.Parse(metadata).RootElement), WorkflowRequests.InApp("after"));

        await app.SendAsync("wrong", "t1", new { sendAt = "2026-11-23T10:46:03.000Z" });

        Assert.Equal(["completed", "failed", "canceled"], await app.StatusesAsync("t1"));
        var delay = (await app.NotificationAsync("t1")).Jobs()[1];
        Assert.Equal(["Step created", "Invalid delay configuration"], delay.Account());
        Assert.Equal($$"""{"error":"{{error}}"}""", delay.RawOf("Invalid delay configuration"));
        Assert.Equal(["before"], await app.FeedAsync("ann"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_is_cancelled_while_it_waits_is_never_sent(Store store)
    {
        await using var app = await StartAsync(store);
        await app.CreateWorkflowAsync("Late", Delay(Regular(6, "seconds")), WorkflowRequests.InApp("late"));
        await app.SendAsync("late", "t1", to: new[] { "ann", "bob" });

        Assert.True(await app.CancelAsync("t1"));
        Assert.False(await app.CancelAsync("t1"));
        await app.QuietAsync();
        await app.PassAsync(TimeSpan.FromSeconds(7));

        Assert.Equal(["canceled", "canceled"], await app.StatusesAsync("t1"));
        Assert.Empty(await app.FeedAsync("ann"));
        Assert.Empty(await app.FeedAsync("bob"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_waits_for_a_year_outlives_the_retention(Store store)
    {
        await using var app = await StartAsync(store);
        await app.CreateWorkflowAsync("Late", Delay(Regular(12, "months")), WorkflowRequests.InApp("happy birthday {{name}}"));
        await app.SendAsync("late", "t1", new { name = "Ann" });

        for (var month = 0; month < 12; month++)
            await app.PassAsync(TimeSpan.FromDays(30));
        Assert.Empty(await app.FeedAsync("ann"));
        await app.PassAsync(TimeSpan.FromDays(5));

        Assert.Equal(["happy birthday Ann"], await app.FeedAsync("ann"));
    }

    [Fact]
    public async Task Several_delays_follow_one_another()
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync(
            "Steps", WorkflowRequests.InApp("1"), Delay(Regular(0.5, "minutes")), WorkflowRequests.InApp("2"), Delay(Regular(1, "hours")), WorkflowRequests.InApp("3"));
        await app.SendAsync("steps", "t1");

        Assert.Equal(["1"], await app.FeedAsync("ann"));
        await app.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["2", "1"], await app.FeedAsync("ann"));
        await app.PassAsync(TimeSpan.FromMinutes(59));
        Assert.Equal(2, (await app.FeedAsync("ann")).Length);
        await app.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["3", "2", "1"], await app.FeedAsync("ann"));
    }

    [Fact]
    public async Task A_custom_step_without_a_bridge_is_done_with_nothing_to_do()
    {
        await using var app = await StartAsync();
        await app.CreateWorkflowAsync("Own", new { template = new { type = "custom", content = "" }, active = true }, WorkflowRequests.InApp("said"));

        await app.SendAsync("own", "t1");

        Assert.Equal(["completed", "completed"], await app.StatusesAsync("t1"));
        Assert.Equal(["said"], await app.FeedAsync("ann"));
    }
}
