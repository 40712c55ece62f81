using System.Net;
using System.Net.Http.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Inboxes;

public sealed class SessionTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_older_session_creates_its_subscriber_and_takes_over_what_they_say(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var first = await app.InitializeAsync(new
        {
            subscriberId = "ann", applicationIdentifier = app.ApplicationIdentifier, firstName = "Ann", email = "ann@example.com", phone = "+1",
        });
        var second = await app.InitializeAsync(new { subscriberId = "ann", applicationIdentifier = app.ApplicationIdentifier, lastName = "B" });

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal("no-store", first.Headers.CacheControl!.ToString());
        var profile = (await second.DataAsync()).GetProperty("profile");
        Assert.Equal("Ann", profile.GetProperty("firstName").GetString());
        Assert.Equal("B", profile.GetProperty("lastName").GetString());
        Assert.Equal("+1", profile.GetProperty("phone").GetString());
        var subscriber = await (await app.Api.GetAsync("/v1/subscribers/ann")).DataAsync();
        Assert.Equal(profile.GetProperty("_id").GetString(), subscriber.GetProperty("_id").GetString());
        Assert.Equal("ann@example.com", subscriber.GetProperty("email").GetString());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_newer_session_leaves_its_subscriber_as_they_are(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId = "ann", firstName = "Ann" });
        await app.SendAsync(await app.CreateWorkflowAsync("Greet"), "ann", "one", "two");

        var opened = await (await app.OpenSessionAsync(new
        {
            subscriberId = "ann", applicationIdentifier = app.ApplicationIdentifier, firstName = "Eve",
        })).DataAsync();

        Assert.Equal(2, opened.GetProperty("totalUnreadCount").GetInt32());
        Assert.False(opened.GetProperty("removeNovuBranding").GetBoolean());
        Assert.Equal("Ann", (await (await app.Api.GetAsync("/v1/subscribers/ann")).DataAsync()).GetProperty("firstName").GetString());
    }

    [Fact]
    public async Task The_newest_components_say_who_it_is_and_change_nobody_for_whom_the_application_does_not_vouch()
    {
        await using var app = await CarillonApp.StartAsync();
        Task<HttpResponseMessage> OpenAsync(string firstName, string? hash) => app.OpenSessionAsync(new
        {
            applicationIdentifier = app.ApplicationIdentifier, subscriberHash = hash, subscriber = new { subscriberId = "ann", firstName, timezone = "Europe/Vienna" },
        });
        async Task<string?> NameAsync() => (await (await app.Api.GetAsync("/v1/subscribers/ann")).DataAsync()).Text("firstName");

        var (made, wrong) = (await OpenAsync("Ann", null), await OpenAsync("Eve", InboxRequests.HashOf(app.ApiKey, "eve")));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, "Ann"), (made.StatusCode, wrong.StatusCode, await NameAsync()));

        await OpenAsync("Anna", InboxRequests.HashOf(app.ApiKey, "ann"));
        Assert.Equal("Anna", await NameAsync());

        Assert.Equal(
            ["subscriber.subscriberId should not be null or undefined", "subscriber.subscriberId must be a string", "subscriber.email must be an email"],
            await (await app.OpenSessionAsync(new { applicationIdentifier = app.ApplicationIdentifier, subscriber = new { email = "x" } })).MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Ten_sessions_at_once_create_one_subscriber(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var opened = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            app.OpenSessionAsync(new { subscriberId = "new", applicationIdentifier = app.ApplicationIdentifier })));

        Assert.All(opened, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single((await (await app.Api.GetAsync("/v1/subscribers")).DataAsync()).EnumerateArray());
    }

    [Fact]
    public async Task A_session_is_refused_in_each_components_own_words()
    {
        await using var app = await CarillonApp.StartAsync();
        var known = app.ApplicationIdentifier;

        Assert.Equal(
            ["subscriberId should not be null or undefined", "subscriberId must be a string", "applicationIdentifier should not be null or undefined", "applicationIdentifier must be a string"],
            await (await app.InitializeAsync(new { })).MessagesAsync());
        Assert.Equal(
            ["applicationIdentifier should not be null or undefined", "applicationIdentifier must be a string", "subscriberId should not be null or undefined", "subscriberId must be a string"],
            await (await app.OpenSessionAsync(new { })).MessagesAsync());
        Assert.Equal(["subscriberId should not be empty"], await (await app.InitializeAsync(new { subscriberId = "", applicationIdentifier = known })).MessagesAsync());
        Assert.Equal(["email must be an email"], await (await app.InitializeAsync(new { subscriberId = "a", applicationIdentifier = known, email = "x" })).MessagesAsync());
        Assert.Equal(["Please provide a valid app identifier"], await (await app.InitializeAsync(new { subscriberId = "a", applicationIdentifier = "zz" })).MessagesAsync());
        Assert.Equal(["Please provide a valid application identifier"], await (await app.OpenSessionAsync(new { subscriberId = "a", applicationIdentifier = "zz" })).MessagesAsync());

        await SetInboxAsync(app, new { active = false, check = false });
        var older = await app.InitializeAsync(new { subscriberId = "a", applicationIdentifier = known });
        var newer = await app.OpenSessionAsync(new { subscriberId = "a", applicationIdentifier = known });
        Assert.Equal((HttpStatusCode.NotFound, "In app integration could not be found"), (older.StatusCode, (await older.MessagesAsync())[0]));
        Assert.Equal((HttpStatusCode.NotFound, "The active in-app integration could not be found"), (newer.StatusCode, (await newer.MessagesAsync())[0]));
        Assert.Empty((await (await app.Api.GetAsync("/v1/subscribers")).DataAsync()).EnumerateArray());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Where_the_integration_says_so_the_application_must_vouch(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await SetInboxAsync(app, new { credentials = new { hmac = true }, active = true, check = false });
        var (known, hash) = (app.ApplicationIdentifier, InboxRequests.HashOf(app.ApiKey, "ann"));

        foreach (var wrong in new[] { null, "", "00", InboxRequests.HashOf(app.ApiKey, "eve") })
        {
            Assert.Equal(
                ["Please provide a valid HMAC hash"],
                await (await app.InitializeAsync(new { subscriberId = "ann", applicationIdentifier = known, hmacHash = wrong })).MessagesAsync());
            Assert.Equal(
                ["Please provide a valid HMAC hash"],
                await (await app.OpenSessionAsync(new { subscriberId = "ann", applicationIdentifier = known, subscriberHash = wrong })).MessagesAsync());
        }

        Assert.Equal(HttpStatusCode.NotFound, (await app.Api.GetAsync("/v1/subscribers/ann")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await app.InitializeAsync(new { subscriberId = "ann", applicationIdentifier = known, hmacHash = hash })).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await app.OpenSessionAsync(new { subscriberId = "ann", applicationIdentifier = known, subscriberHash = hash })).StatusCode);
    }

    [Fact]
    public async Task In_production_the_application_must_vouch_unless_the_integration_does_without()
    {
        await using var app = await CarillonApp.StartAsync();
        var production = app.WithKey(app.ProductionKey);
        var environment = await (await production.GetAsync("/v1/environments/me")).DataAsync();
        var known = environment.GetProperty("identifier").GetString();

        var bare = await app.OpenSessionAsync(new { subscriberId = "ann", applicationIdentifier = known });
        var vouched = await app.OpenSessionAsync(new
        {
            subscriberId = "ann", applicationIdentifier = known, subscriberHash = InboxRequests.HashOf(app.ProductionKey, "ann"),
        });
        await SetInboxAsync(app, new { credentials = new { hmac = false }, check = false }, app.ProductionId);
        var optedOut = await app.OpenSessionAsync(new { subscriberId = "ann", applicationIdentifier = known });

        Assert.Equal(["Please provide a valid HMAC hash"], await bare.MessagesAsync());
        Assert.Equal(HttpStatusCode.Created, vouched.StatusCode);
        Assert.Equal(HttpStatusCode.Created, optedOut.StatusCode);
    }

    [Fact]
    public async Task Replacing_a_key_logs_nobody_out()
    {
        await using var app = await CarillonApp.StartAsync();
        var me = await app.RegisterAsync("me");
        var environment = await (await app.WithKey(me.ApiKey).GetAsync("/v1/environments/me")).DataAsync();
        var opened = await (await app.OpenSessionAsync(new
        {
            subscriberId = "ann", applicationIdentifier = environment.GetProperty("identifier").GetString(),
        })).DataAsync();
        var inbox = app.WithToken(opened.GetProperty("token").GetString()!);

        await app.WithToken(me.Token, me.EnvironmentId).PostAsJsonAsync("/v1/environments/api-keys/regenerate", new { });

        Assert.Equal(HttpStatusCode.OK, (await inbox.GetAsync("/v1/inbox/notifications")).StatusCode);
    }

    [Theory, InlineData("/v1/widgets/notifications/feed"), InlineData("/v1/inbox/notifications")]
    public async Task Only_a_subscribers_token_opens_an_inbox(string path)
    {
        await using var app = await CarillonApp.StartAsync();
        var me = await app.RegisterAsync("me");

        Assert.Equal(["Unauthorized"], await (await app.Anonymous.GetAsync(path)).MessagesAsync());
        Assert.Equal(["Unauthorized"], await (await app.Api.GetAsync(path)).MessagesAsync());
        Assert.Equal(["Unauthorized"], await (await app.WithToken("not.a.jwt").GetAsync(path)).MessagesAsync());
        Assert.Equal(["Unauthorized"], await (await app.WithToken(me.Token, me.EnvironmentId).GetAsync(path)).MessagesAsync());
    }

    [Fact]
    public async Task A_deleted_subscribers_token_opens_nothing_until_they_come_back()
    {
        await using var app = await CarillonApp.StartAsync();
        var inbox = await app.InboxOfAsync("ann");
        await app.Api.DeleteAsync("/v1/subscribers/ann");

        Assert.Equal(HttpStatusCode.Unauthorized, (await inbox.GetAsync("/v1/inbox/notifications")).StatusCode);
        await app.SubscriberTokenAsync("ann");
        Assert.Equal(HttpStatusCode.OK, (await inbox.GetAsync("/v1/inbox/notifications")).StatusCode);
    }

    [Theory, InlineData("/v1/widgets/session/initialize"), InlineData("/v1/inbox/session")]
    public async Task A_page_from_anywhere_may_open_one(string path)
    {
        await using var app = await CarillonApp.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", "https://shop.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");

        var answer = await app.Anonymous.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    private static async Task SetInboxAsync(CarillonApp app, object change, string? environmentId = null)
    {
        var integrations = await (await app.Api.GetAsync("/v1/integrations")).DataAsync();
        var inbox = integrations.EnumerateArray().Single(one =>
            one.GetProperty("channel").GetString() == "in_app" && one.GetProperty("_environmentId").GetString() == (environmentId ?? app.EnvironmentId));
        (await app.Api.PutAsJsonAsync($"/v1/integrations/{inbox.Id()}", change)).EnsureSuccessStatusCode();
    }
}
