using System.Net;
using System.Net.Http.Json;
using Carillon.Data.Workflows;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Tests.Server;

public sealed class WorkflowUpdateTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_is_not_sent_stays(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Flow");

        var renamed = await app.UpdateWorkflowAsync(workflow, new { name = "Renamed" });
        var changed = await app.UpdateWorkflowAsync(workflow, new
        {
            critical = true,
            preferenceSettings = new { email = false, sms = false },
            tags = new[] { "z" },
            data = new { q = 1 },
        });

        Assert.Equal("Renamed", renamed.GetProperty("name").GetString());
        Assert.Equal("flow", renamed.Identifier());
        Assert.Equal(workflow.GetProperty("steps").GetRawText(), renamed.GetProperty("steps").GetRawText());
        Shape.AssertSame("""{"email":false,"sms":false,"in_app":true,"chat":true,"push":true}""", changed.GetProperty("preferenceSettings"));
        Assert.True(changed.GetProperty("critical").GetBoolean());
        Assert.Equal("Renamed", changed.GetProperty("name").GetString());
        Shape.AssertSame("""["z"]""", changed.GetProperty("tags"));
        Shape.AssertSame("""{"q":1}""", changed.GetProperty("data"));
        Assert.Equal(changed.GetRawText(), (await app.GetWorkflowAsync(workflow)).GetRawText());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Steps_keep_their_ids_through_changes(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Flow", WorkflowRequests.InApp("a"), WorkflowRequests.InApp("b"));
        var (first, second) = (workflow.Steps()[0].Id(), workflow.Steps()[1].Id());

        var added = await app.UpdateWorkflowAsync(workflow, new
        {
            steps = new object[]
            {
                new { _id = second, template = new { type = "in_app", content = "B" } },
                new { _templateId = first, template = new { type = "in_app" } },
                WorkflowRequests.InApp("c"),
                new { _id = second, template = new { type = "in_app", content = "twice" } },
                new { _id = "000000000000000000000000", template = new { type = "in_app", content = "stranger" } },
            },
        });
        var removed = await app.UpdateWorkflowAsync(workflow, new { steps = new[] { new { _templateId = first, template = new { type = "in_app", content = "A" } } } });

        Assert.Equal(["B", "a", "c", "twice", "stranger"], added.Steps().Select(step => step.GetProperty("template").GetProperty("content").GetString()!));
        var ids = added.Steps().Select(step => step.Id()).ToList();
        Assert.Equal([second, first], ids[..2]);
        Assert.Equal(5, ids.Append("000000000000000000000000").Distinct().Count() - 1);
        Assert.Equal([null, .. ids[..^1]], added.Steps().Select(step => step.GetProperty("_parentId").GetString()));
        Assert.Equal(first, Assert.Single(removed.Steps()).Id());
        Assert.Equal(
            workflow.Steps()[0].GetProperty("template").GetProperty("createdAt").GetString(),
            removed.Steps()[0].GetProperty("template").GetProperty("createdAt").GetString());
    }

    [Fact]
    public async Task A_call_to_action_that_is_not_sent_again_is_taken_away()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Flow", new
        {
            template = new { type = "in_app", content = "x", title = "T", cta = new { type = "redirect", data = new { url = "/x/{{id}}" } } },
        });

        var changed = await app.UpdateWorkflowAsync(workflow, new { steps = new[] { new { _id = workflow.Steps()[0].Id(), template = new { type = "in_app" } } } });

        var template = changed.Steps()[0].GetProperty("template");
        Assert.False(template.TryGetProperty("cta", out _));
        Assert.Equal("T", template.GetProperty("title").GetString());
    }

    [Fact]
    public async Task An_answer_can_be_sent_back_as_it_came()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Flow", WorkflowRequests.InApp(), new { template = new { type = "chat", content = "x" }, name = "C" });

        var same = await app.UpdateWorkflowAsync(workflow, new { steps = workflow.GetProperty("steps") });

        Shape.AssertSame(workflow.GetProperty("steps").GetRawText(), same.GetProperty("steps"));
        Assert.Equal(workflow.Steps().Select(step => step.Id()), same.Steps().Select(step => step.Id()));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Each_save_is_a_version_that_no_later_one_changes(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Flow", WorkflowRequests.InApp("one"));
        await app.UpdateWorkflowAsync(workflow, new { steps = new[] { WorkflowRequests.InApp("two") }, name = "Two", critical = true });
        await app.UpdateWorkflowAsync(workflow, new { identifier = "third" });

        await using var db = app.OpenDb();
        var versions = await db.WorkflowVersions.OrderBy(version => version.CreatedAt).ToListAsync();
        var current = await db.Workflows.SingleAsync();

        Assert.Equal(
            ["flow Flow one False", "flow Two two True", "third Two two True"],
            versions.Select(version => $"{version.Trigger.Identifier} {version.Name} {version.Steps[0].Template.Content} {version.Critical}"));
        Assert.Equal(versions[^1].Id, current.VersionId);
        Assert.Single(versions.Select(version => version.Trigger.Id).Distinct());
    }

    [Fact]
    public async Task What_is_wrong_is_said_in_the_contracts_words()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Flow");
        await app.CreateWorkflowAsync("Base inapp");

        async Task<string[]> Complaints(object change) => await (await app.PutWorkflowAsync(workflow, change)).MessagesAsync();

        Assert.Equal(["No properties found for update"], await Complaints(new { }));
        Assert.Equal(
            ["name must be a string", "tags must be an array", "notificationGroupId must be a mongodb id"],
            await Complaints(new { name = 5, tags = "x", notificationGroupId = "zz" }));
        Assert.Equal(["Workflow with identifier base-inapp already exists"], await Complaints(new { identifier = "base-inapp" }));
        Assert.Equal(["identifier must be shorter than or equal to 200 characters"], await Complaints(new { identifier = new string('x', 201) }));
        Assert.Equal(["steps must be an array", "nested property steps must be either object or array"], await Complaints(new { steps = "x" }));
        Assert.Equal(
            ["Variant filters are required, variant name v id undefined"],
            await Complaints(new { steps = new[] { new { template = new { type = "in_app" }, variants = new[] { new { name = "v", template = new { type = "in_app" } } } } } }));
        Assert.Equal(["id must be a mongodb id"], await (await app.Api.PutAsJsonAsync("/v1/workflows/flow", new { name = "x" })).MessagesAsync());
        var unknown = await app.Api.PutAsJsonAsync("/v1/workflows/000000000000000000000000", new { name = "x" });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(["Notification template with id 000000000000000000000000 not found"], await unknown.MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Of_twenty_who_want_one_identifier_at_once_one_gets_it(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflows = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => app.CreateWorkflowAsync($"Flow {number}")));

        var answers = await Task.WhenAll(workflows.Select(workflow => app.PutWorkflowAsync(workflow, new { identifier = "wanted" })));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.BadRequest));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Changes_made_at_once_do_not_undo_one_another(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Flow");
        object[] changes =
        [
            new { name = "Renamed" }, new { critical = true }, new { tags = new[] { "z" } }, new { identifier = "renamed" },
            new { steps = new[] { WorkflowRequests.InApp("changed") } }, new { preferenceSettings = new { email = false } },
        ];

        var answers = await Task.WhenAll(changes.Select(change => app.PutWorkflowAsync(workflow, change)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await using var db = app.OpenDb();
        var current = await db.Workflows.SingleAsync();
        var version = await db.WorkflowVersions.SingleAsync(version => version.Id == current.VersionId);
        Assert.Equal(("Renamed", true, "renamed", "renamed"), (version.Name, version.Critical, version.Identifier, version.Trigger.Identifier));
        Assert.Equal("changed", version.Steps[0].Template.Content!.Value.GetString());
        Assert.Equal(["z"], version.Tags);
        Assert.Equal(new ChannelSwitches(Email: false), version.PreferenceSettings);
        Assert.Equal(1 + changes.Length, await db.WorkflowVersions.CountAsync());
    }
}
