using System.Net;
using System.Net.Http.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Accounts;

public sealed class EnvironmentTests
{
    private const string Route = "/v1/environments";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_new_environment_has_what_it_takes_to_notify(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var founder = await app.FounderAsync();

        var made = await founder.Calls.PostAsJsonAsync(Route, new { name = "Staging", parentId = founder.EnvironmentId });

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var data = await made.DataAsync();
        var key = data.GetProperty("apiKeys")[0];
        Shape.AssertSame(
            $$"""
            {"name":"Staging","identifier":"{{data.GetProperty("identifier").GetString()}}","_organizationId":"6b0418f5039109a7bd9f29e7","apiKeys":[
              {"key":"{{key.GetProperty("key").GetString()}}","hash":"{{key.GetProperty("hash").GetString()}}","_userId":"6b0418f5039109a7bd9f29e4",
               "_id":"6b04190e039109a7bd9f3a8e","id":"6b04190e039109a7bd9f3a8e"}],
             "widget":{"notificationCenterEncryption":false},"_id":"6b04190e039109a7bd9f3a8d","createdAt":"2026-11-23T10:44:30.057Z",
             "updatedAt":"2026-11-23T10:44:30.057Z","__v":0,"id":"6b04190e039109a7bd9f3a8d"}
            """,
            data);
        var client = app.WithKey(key.GetProperty("key").GetString()!);
        Assert.Equal("Staging", (await (await client.GetAsync($"{Route}/me")).DataAsync()).GetProperty("name").GetString());
        Assert.Equal("General", (await (await client.GetAsync("/v1/notification-groups")).DataAsync())[0].GetProperty("name").GetString());
        Assert.Contains(
            (await (await client.GetAsync("/v1/integrations")).DataAsync()).EnumerateArray(),
            integration => integration.GetProperty("_environmentId").GetString() == data.GetProperty("_id").GetString());
    }

    [Theory]
    [InlineData("{}", "name should not be null or undefined", "name must be a string")]
    [InlineData("""{"name":""}""", "name should not be empty")]
    [InlineData("""{"name":"BP","parentId":"zz"}""", "parentId must be a mongodb id")]
    public async Task A_new_environment_needs_a_name(string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();

        Assert.Equal(complaints, await (await founder.Calls.PostTextAsync(Route, body)).MessagesAsync());
        Assert.Equal(["API endpoint not available"], await (await app.Api.PostTextAsync(Route, body)).MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_environment_is_changed_in_what_is_given(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var founder = await app.FounderAsync();
        var parentId = await CreateAsync(founder, "Base");
        var id = await CreateAsync(founder, "Staging");

        var updated = await PutAsync(founder, id, new
        {
            name = "Staging2",
            identifier = "stg-id",
            parentId,
            dns = new { inboundParseDomain = "in.example.com" },
            bridge = new { url = "http://127.0.0.1:1/api" },
        });
        var nothing = await PutAsync(founder, id, new { name = "" });
        var shown = await ShownAsync(founder, id);
        await PutAsync(founder, id, new { dns = new { inboundParseDomain = "" }, bridge = new { url = "" } });
        var cleared = await ShownAsync(founder, id);

        Shape.AssertSame("""{"matched":1,"modified":1}""", await updated.DataAsync());
        Shape.AssertSame("""{"matched":1,"modified":1}""", await nothing.DataAsync());
        Assert.Equal("Staging2", shown.GetProperty("name").GetString());
        Assert.Equal("stg-id", shown.GetProperty("identifier").GetString());
        Assert.Equal(parentId, shown.GetProperty("_parentId").GetString());
        Shape.AssertSame("""{"mxRecordConfigured":false,"inboundParseDomain":"in.example.com"}""", shown.GetProperty("dns"));
        Shape.AssertSame("""{"url":"http://127.0.0.1:1/api"}""", shown.GetProperty("bridge"));
        Shape.AssertSame("""{"url":"http://127.0.0.1:1/api"}""", shown.GetProperty("echo"));
        Assert.False(cleared.TryGetProperty("dns", out _) || cleared.TryGetProperty("bridge", out _));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_environment_is_published_to_one_other_only(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var founder = await app.FounderAsync();
        var parentId = await CreateAsync(founder, "Base");
        string[] ids = [await CreateAsync(founder, "A"), await CreateAsync(founder, "B"), await CreateAsync(founder, "C")];

        var second = await PutAsync(founder, ids[0], new { parentId = founder.EnvironmentId });
        var atOnce = await Task.WhenAll(ids.Select(id => PutAsync(founder, id, new { parentId })));

        Assert.Equal([$"Environment {founder.EnvironmentId} is published to another one already"], await second.MessagesAsync());
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest], atOnce.Select(answer => answer.StatusCode).Order());
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(founder, ids[atOnce.Index().Single(one => one.Item.StatusCode == HttpStatusCode.OK).Index], new { parentId })).StatusCode);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_environment_is_not_changed_into_what_cannot_be(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var founder = await app.FounderAsync();
        var stranger = await app.FounderAsync("stranger");
        var id = await CreateAsync(founder, "Staging");

        Shape.AssertSame("""{"matched":0,"modified":0}""", await (await PutAsync(stranger, id, new { name = "Mine" })).DataAsync());
        Assert.Equal(["environmentId must be a mongodb id"], await (await PutAsync(founder, "zz", new { name = "x" })).MessagesAsync());
        Assert.Equal(["name must be a string"], await (await PutAsync(founder, id, new { name = 5 })).MessagesAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(founder, id, new { parentId = stranger.EnvironmentId })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(founder, id, new { parentId = id })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(founder, founder.EnvironmentId!, new { parentId = id })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await PutAsync(founder, id, new { identifier = app.ApplicationIdentifier })).StatusCode);
        Assert.Equal("Staging", (await ShownAsync(founder, id)).GetProperty("name").GetString());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_key_works_beside_the_new_one_until_it_is_removed(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var me = await app.RegisterAsync("me");
        var calls = app.WithToken(me.Token, me.EnvironmentId);

        var made = await calls.PostAsJsonAsync($"{Route}/api-keys/regenerate", new { });
        var key = (await made.DataAsync())[0].GetProperty("key").GetString()!;

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.WithKey(me.ApiKey).GetAsync($"{Route}/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.WithKey(key).GetAsync($"{Route}/me")).StatusCode);
        Assert.Equal([key, me.ApiKey], await KeysAsync(calls));

        var removed = await calls.DeleteAsync($"{Route}/api-keys/{await IdOfKeyAsync(calls, me.ApiKey)}");

        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        Assert.Equal(["API Key not found"], await (await app.WithKey(me.ApiKey).GetAsync($"{Route}/me")).MessagesAsync());
        Assert.Equal([key], await KeysAsync(calls));
    }

    [Fact]
    public async Task The_last_key_stays_and_a_strangers_is_not_there()
    {
        await using var app = await CarillonApp.StartAsync();
        var me = await app.RegisterAsync("me");
        var stranger = await app.RegisterAsync("stranger");
        var calls = app.WithToken(me.Token, me.EnvironmentId);
        var theirs = app.WithToken(stranger.Token, stranger.EnvironmentId);
        var id = await IdOfKeyAsync(calls, me.ApiKey);

        Assert.Equal(["The last API key of an environment cannot be removed"], await (await calls.DeleteAsync($"{Route}/api-keys/{id}")).MessagesAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.DeleteAsync($"{Route}/api-keys/{id}")).StatusCode);
        Assert.Equal(["API endpoint not available"], await (await app.Api.DeleteAsync($"{Route}/api-keys/{id}")).MessagesAsync());
    }

    [Fact]
    public async Task There_are_ten_keys_at_most()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        for (var key = 1; key < 10; key++) await founder.Calls.PostAsJsonAsync($"{Route}/api-keys/regenerate", new { });

        var eleventh = await founder.Calls.PostAsJsonAsync($"{Route}/api-keys/regenerate", new { });

        Assert.Equal(["An environment has at most 10 API keys, remove one first"], await eleventh.MessagesAsync());
    }

    private static async Task<string> CreateAsync(Person person, string name) =>
        (await (await person.Calls.PostAsJsonAsync(Route, new { name })).DataAsync()).GetProperty("_id").GetString()!;

    private static Task<HttpResponseMessage> PutAsync(Person person, string id, object body) => person.Calls.PutAsJsonAsync($"{Route}/{id}", body);

    private static async Task<System.Text.Json.JsonElement> ShownAsync(Person person, string id) =>
        (await (await person.Calls.GetAsync(Route)).DataAsync()).EnumerateArray().Single(environment => environment.GetProperty("_id").GetString() == id);

    private static async Task<string[]> KeysAsync(HttpClient calls) =>
        [.. (await (await calls.GetAsync($"{Route}/api-keys")).DataAsync()).EnumerateArray().Select(key => key.GetProperty("key").GetString()!)];

    private static async Task<string> IdOfKeyAsync(HttpClient calls, string key) =>
        (await (await calls.GetAsync(Route)).DataAsync()).EnumerateArray()
            .SelectMany(environment => environment.GetProperty("apiKeys").EnumerateArray())
            .Single(found => found.GetProperty("key").GetString() == key)
            .GetProperty("_id").GetString()!;
}
