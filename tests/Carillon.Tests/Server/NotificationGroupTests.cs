using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server;

public sealed class NotificationGroupTests
{
    private const string Path = "/v1/notification-groups";
    private const string Nobody = $"{Path}/000000000000000000000000";

    private const string Recorded = """
        {"name":"Grp","_organizationId":"6b0418f5039109a7bd9f29e7","_environmentId":"6b0418f5039109a7bd9f29ed",
         "_parentId":"6b0418f5039109a7bd9f29f0","_id":"6b0418fe039109a7bd9f30d2","createdAt":"2026-11-23T10:44:14.747Z",
         "updatedAt":"2026-11-23T10:44:14.747Z","__v":0,"id":"6b0418fe039109a7bd9f30d2"}
        """;

    private const string RecordedList = """
        [{"_id":"6b0418f5039109a7bd9f29f0","name":"General","_organizationId":"6b0418f5039109a7bd9f29e7",
          "_environmentId":"6b0418f5039109a7bd9f29ed","createdAt":"2026-11-23T10:44:05.046Z","updatedAt":"2026-11-23T10:44:05.046Z","__v":0},
         {"_id":"6b0418fe039109a7bd9f30d2","name":"Grp","_organizationId":"6b0418f5039109a7bd9f29e7","_environmentId":"6b0418f5039109a7bd9f29ed",
          "_parentId":"6b0418f5039109a7bd9f29f0","createdAt":"2026-11-23T10:44:14.747Z","updatedAt":"2026-11-23T10:44:14.747Z","__v":0}]
        """;

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_group_is_made_shown_renamed_and_removed(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var made = await app.Api.PostAsJsonAsync(Path, new { name = "Grp" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var group = await made.DataAsync();
        Shape.AssertSame(Recorded, group);
        Assert.Equal(app.NotificationGroupId, group.GetProperty("_parentId").GetString());
        Shape.AssertSame(RecordedList, await (await app.Api.GetAsync(Path)).DataAsync());

        var one = $"{Path}/{group.GetProperty("_id").GetString()}";
        Shape.AssertSame(Recorded, await (await app.Api.GetAsync(one)).DataAsync());
        Shape.AssertSame(Recorded.Replace("Grp", "Grp2"), await (await app.Api.PatchAsJsonAsync(one, new { name = "Grp2" })).DataAsync());
        Shape.AssertSame("""{"acknowledged":true,"status":"deleted"}""", await (await app.Api.DeleteAsync(one)).DataAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await app.Api.DeleteAsync(one)).StatusCode);
    }

    [Fact]
    public async Task A_group_that_is_not_there_is_said_so()
    {
        await using var app = await CarillonApp.StartAsync();

        HttpResponseMessage[] answers =
        [
            await app.Api.GetAsync(Nobody), await app.Api.PatchAsJsonAsync(Nobody, new { name = "x" }), await app.Api.DeleteAsync(Nobody),
        ];

        foreach (var answer in answers)
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            var problem = await answer.JsonAsync();
            Assert.Equal("Not Found", problem.GetProperty("message").GetString());
            Assert.False(problem.TryGetProperty("error", out _));
        }
    }

    [Fact]
    public async Task A_malformed_id_is_the_callers_mistake()
    {
        await using var app = await CarillonApp.StartAsync();

        HttpResponseMessage[] answers =
            [await app.Api.GetAsync($"{Path}/xyz"), await app.Api.PatchAsJsonAsync($"{Path}/xyz", new { name = "x" }), await app.Api.DeleteAsync($"{Path}/xyz")];

        foreach (var answer in answers)
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal(["id must be a mongodb id"], await answer.MessagesAsync());
        }
    }

    [Theory]
    [InlineData("{}", "name should not be null or undefined", "name must be a string")]
    [InlineData("""{"name":1}""", "name must be a string")]
    public async Task A_group_needs_a_name(string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();

        Assert.Equal(complaints, await (await app.Api.PostTextAsync(Path, body)).MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_group_of_another_environment_is_not_there(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var stranger = app.WithKey((await app.RegisterAsync()).ApiKey);
        var one = $"{Path}/{app.NotificationGroupId}";

        foreach (var other in new[] { stranger, app.WithKey(app.ProductionKey) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(one)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.PatchAsJsonAsync(one, new { name = "Mine" })).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteAsync(one)).StatusCode);
            Assert.DoesNotContain(app.NotificationGroupId, Ids(await (await other.GetAsync(Path)).DataAsync()));
        }

        Assert.Equal("General", (await (await app.Api.GetAsync(one)).DataAsync()).GetProperty("name").GetString());
    }

    private static IEnumerable<string?> Ids(JsonElement list) => list.EnumerateArray().Select(item => item.GetProperty("_id").GetString());
}
