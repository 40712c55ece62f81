using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Data.Secrets;
using Carillon.Data.Subscribers;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Tests.Server;

public sealed class IntegrationTests
{
    private const string Route = "/v1/integrations";
    private const string Nobody = $"{Route}/000000000000000000000000";

    private const string Recorded = """
        {"_environmentId":"6b0418f5039109a7bd9f29ed","_organizationId":"6b0418f5039109a7bd9f29e7","providerId":"nodemailer","channel":"email",
         "credentials":{"user":"u","password":"p","host":"127.0.0.1","port":"2525","secure":false,"from":"a@b.c","senderName":"n"},
         "active":true,"name":"N nodemailer","identifier":"mail","priority":1,"primary":true,"conditions":[],"_id":"6b041907039109a7bd9f3788",
         "deleted":false,"createdAt":"2026-11-23T10:44:23.271Z","updatedAt":"2026-11-23T10:44:23.271Z","__v":0,"id":"6b041907039109a7bd9f3788"}
        """;

    private const string RecordedInbox = """
        {"_id":"6b0418f5039109a7bd9f2a0f","_environmentId":"6b0418f5039109a7bd9f29ed","_organizationId":"6b0418f5039109a7bd9f29e7","providerId":"novu",
         "channel":"in_app","active":true,"name":"Novu In-App","identifier":"novu-in-app-BJdMFdcNd","priority":0,"primary":false,"conditions":[],
         "deleted":false,"createdAt":"2026-11-23T10:44:05.116Z","updatedAt":"2026-11-23T10:44:05.116Z","__v":0,"credentials":{}}
        """;

    private static readonly object Credentials =
        new { host = "127.0.0.1", port = "2525", user = "u", password = "p", secure = false, from = "a@b.c", senderName = "n" };

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_integration_is_shown_as_recorded_and_in_clear_to_whoever_manages_it(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var response = await app.Api.PostAsJsonAsync(
            Route, new { providerId = "nodemailer", channel = "email", name = "N nodemailer", identifier = "mail", credentials = Credentials, active = true });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var made = await response.DataAsync();
        Shape.AssertSame(Recorded, made);
        var listed = Recorded.Replace(",\"id\":\"6b041907039109a7bd9f3788\"", "");
        Shape.AssertSame($"[{RecordedInbox},{RecordedInbox},{listed}]", await (await app.Api.GetAsync(Route)).DataAsync());
        Shape.AssertSame($"[{RecordedInbox},{RecordedInbox},{listed}]", await (await app.Api.GetAsync($"{Route}/active")).DataAsync());
        Shape.AssertSame(Recorded, await (await app.Api.PutAsJsonAsync(PathOf(made), new { name = "N nodemailer" })).DataAsync());
        Shape.AssertSame(Recorded, await (await app.Api.PostAsJsonAsync($"{PathOf(made)}/set-primary", new { })).DataAsync());
        var left = RecordedInbox.Replace(",\"credentials\":{}", "");
        Shape.AssertSame($"[{left}]", await (await app.Api.DeleteAsync(PathOf(made))).DataAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Credentials_are_sealed_as_a_whole_and_replaced_as_a_whole(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var made = await CreateAsync(app, new { credentials = new { host = "mail.example.com", user = "somebody", zzz = 1 } });
        var cipher = await CipherAsync(app, made);

        var changed = await (await app.Api.PutAsJsonAsync(PathOf(made), new { credentials = new { password = "new" } })).DataAsync();

        Shape.AssertSame("""{"host":"mail.example.com","user":"somebody"}""", made.GetProperty("credentials"));
        Assert.DoesNotContain("mail.example.com", cipher, StringComparison.Ordinal);
        Shape.AssertSame("""{"password":"new"}""", changed.GetProperty("credentials"));
        Assert.Equal("""{"password":"new"}""", app.Get<SecretBox>().Open(Purpose.IntegrationCredentials, await CipherAsync(app, made)));
    }

    [Fact]
    public async Task A_member_who_is_no_admin_is_not_shown_secrets()
    {
        await using var app = await CarillonApp.StartAsync();
        var other = await app.RegisterAsync();
        var user = app.WithToken(other.Token, other.EnvironmentId);
        await user.PostAsJsonAsync(Route, new { providerId = "nodemailer", channel = "email", credentials = Credentials });
        await using (var db = app.OpenDb(other.EnvironmentId))
        {
            var environment = await db.Environments.SingleAsync(environment => environment.Id == other.EnvironmentId);
            (await db.Members.SingleAsync(member => member.OrganizationId == environment.OrganizationId)).Roles = [Member.Plain];
            await db.SaveChangesAsync();
        }

        var credentials = (await (await user.GetAsync(Route)).DataAsync())[2].GetProperty("credentials");

        Shape.AssertSame("""{"user":"u","host":"127.0.0.1","port":"2525","secure":false,"from":"a@b.c","senderName":"n"}""", credentials);
    }

    [Theory]
    [InlineData("{}", "providerId should not be null or undefined", "providerId must be a string", "channel should not be null or undefined",
        "channel must be one of the following values: in_app, email, sms, chat, push")]
    [InlineData("""{"providerId":"nodemailer","channel":"zzz","credentials":{}}""", "channel must be one of the following values: in_app, email, sms, chat, push")]
    [InlineData("""{"providerId":"nodemailer","channel":"email"}""", "credentials should not be null or undefined")]
    [InlineData("""{"providerId":"nodemailer","channel":"email","credentials":"x"}""", "nested property credentials must be either object or array")]
    [InlineData("""{"providerId":"nodemailer","channel":"email","credentials":{},"_environmentId":"zz"}""", "_environmentId must be a mongodb id")]
    [InlineData("""{"providerId":"nodemailer","channel":"email","credentials":{},"active":"x"}""", "active must be a boolean value")]
    [InlineData("""{"providerId":"nodemailer","channel":"email","credentials":{},"conditions":"x"}""",
        "conditions must be an array", "each value in nested property conditions must be either object or array")]
    [InlineData("""{"providerId":"nodemailer","channel":"email","credentials":{"host":5,"secure":"maybe","tlsOptions":7,"port":true}}""",
        "credentials.host must be a string", "credentials.port must be a string", "credentials.secure must be a boolean value",
        "credentials.tlsOptions must be an object")]
    [InlineData("""{"providerId":"novu","channel":"in_app","credentials":{}}""", "One environment can only have one In app provider")]
    [InlineData("""{"providerId":"novu-email","channel":"email","credentials":{}}""", "Creating Novu integration for novu-email provider is not allowed")]
    [InlineData("""{"providerId":"novu-sms","channel":"sms","credentials":{}}""", "Creating Novu integration for novu-sms provider is not allowed")]
    [InlineData("""{"providerId":"nodemailer","channel":"sms","credentials":{}}""", "channel of the provider nodemailer must be email")]
    public async Task What_is_wrong_is_said_in_the_contracts_words(string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Api.PostTextAsync(Route, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(complaints, await response.MessagesAsync());
    }

    [Fact]
    public async Task An_account_at_a_provider_that_we_cannot_send_with_is_refused()
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Api.PostAsJsonAsync(Route, new { providerId = "zzz", channel = "email", credentials = new { } });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var message = Assert.Single(await response.MessagesAsync());
        Assert.StartsWith("providerId must be one of the following values: ", message, StringComparison.Ordinal);
        Assert.Contains("nodemailer", message, StringComparison.Ordinal);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_integration_is_named_after_its_provider_and_nothing_is_checked_unasked(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var made = await CreateAsync(app, new { credentials = new { host = "mail.invalid" } });
        var taken = await app.Api.PostAsJsonAsync(
            Route, new { providerId = "nodemailer", channel = "email", credentials = new { }, identifier = made.GetProperty("identifier").GetString() });

        Assert.Equal("Custom SMTP", made.GetProperty("name").GetString());
        Assert.Matches("^custom-smtp-[0-9A-Za-z]{9}$", made.GetProperty("identifier").GetString());
        Assert.Equal((false, 0, false), (made.GetProperty("active").GetBoolean(), made.GetProperty("priority").GetInt32(), made.GetProperty("primary").GetBoolean()));
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        Assert.Equal(["Integration with identifier already exists"], await taken.MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Priorities_follow_what_is_switched_on_and_off(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var a = await CreateAsync(app, new { name = "a", active = true });
        await CreateAsync(app, new { name = "b", active = true });
        var c = await CreateAsync(app, new { name = "c", active = true });
        Assert.Equal("a3* b1 c2", await RanksAsync(app));

        await app.Api.PutAsJsonAsync(PathOf(a), new { active = false });
        Assert.Equal("a0 b1 c2", await RanksAsync(app));
        await app.Api.PutAsJsonAsync(PathOf(a), new { active = true });
        Assert.Equal("a3 b1 c2", await RanksAsync(app));
        await app.Api.PostAsJsonAsync($"{PathOf(c)}/set-primary", new { });
        Assert.Equal("a2 b1 c3*", await RanksAsync(app));
        await CreateAsync(app, new { name = "d", active = true, conditions = Conditions });
        Assert.Equal("a2 b1 c4* d3", await RanksAsync(app));
        await app.Api.DeleteAsync(PathOf(a));
        Assert.Equal("b1 c3* d2", await RanksAsync(app));
        await app.Api.DeleteAsync(PathOf(c));
        Assert.Equal("b1 d2", await RanksAsync(app));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task One_with_conditions_is_no_longer_primary_and_a_primary_has_none(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var made = await CreateAsync(app, new { name = "a", active = true });

        var conditioned = await (await app.Api.PutAsJsonAsync(PathOf(made), new { conditions = Conditions })).DataAsync();
        var primary = await (await app.Api.PostAsJsonAsync($"{PathOf(made)}/set-primary", new { })).DataAsync();

        Assert.False(conditioned.GetProperty("primary").GetBoolean());
        Shape.AssertSame("""
            [{"isNegated":false,"type":"GROUP","value":"AND",
              "children":[{"field":"identifier","value":"tz","operator":"EQUAL","on":"tenant","_id":"6b041907039109a7bd9f37fb","id":"6b041907039109a7bd9f37fb"}],
              "_id":"6b041907039109a7bd9f37fa","id":"6b041907039109a7bd9f37fa"}]
            """, conditioned.GetProperty("conditions"));
        Assert.True(primary.GetProperty("primary").GetBoolean());
        Assert.Equal(0, primary.GetProperty("conditions").GetArrayLength());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Of_twenty_made_primary_at_once_exactly_one_is(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var made = new List<JsonElement>();
        for (var i = 0; i < 20; i++) made.Add(await CreateAsync(app, new { name = "n", active = i % 2 == 0 }));

        var answers = await Task.WhenAll(made.Select(one => app.Api.PostAsJsonAsync($"{PathOf(one)}/set-primary", new { })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        var ranks = (await RanksAsync(app)).Split(' ');
        Assert.Equal("n20*", Assert.Single(ranks, rank => rank.EndsWith('*')));
        Assert.Equal(Enumerable.Range(1, 20), ranks.Select(rank => int.Parse(rank.Trim('n', '*'), CultureInfo.InvariantCulture)).Order());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Twenty_made_at_once_are_ranked_without_gaps(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CreateAsync(app, new { name = "n", active = true })));

        var ranks = (await RanksAsync(app)).Split(' ');
        Assert.Single(ranks, "n20*");
        Assert.Equal(20, ranks.Distinct().Count());
    }

    [Fact]
    public async Task Only_mail_and_text_messages_have_a_primary()
    {
        await using var app = await CarillonApp.StartAsync();
        var chat = await (await app.Api.PostAsJsonAsync(Route, new { providerId = "slack", channel = "chat", credentials = new { }, active = true })).DataAsync();

        Assert.Equal(["Channel chat does not support primary"], await (await app.Api.PostAsJsonAsync($"{PathOf(chat)}/set-primary", new { })).MessagesAsync());
        var unknown = await app.Api.PostAsJsonAsync($"{Nobody}/set-primary", new { });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(["Integration with id 000000000000000000000000 not found"], await unknown.MessagesAsync());
        Assert.Equal(["integrationId must be a mongodb id"], await (await app.Api.PostAsJsonAsync($"{Route}/zz/set-primary", new { })).MessagesAsync());
    }

    [Fact]
    public async Task What_cannot_be_updated_or_deleted_is_said_so()
    {
        await using var app = await CarillonApp.StartAsync();
        var made = await CreateAsync(app, new { identifier = "one" });
        await CreateAsync(app, new { identifier = "two" });

        async Task<string[]> Complaints(object change) => await (await app.Api.PutAsJsonAsync(PathOf(made), change)).MessagesAsync();

        Assert.Equal(["No properties found for update"], await Complaints(new { }));
        Assert.Equal(["No properties found for update"], await Complaints(new { check = true }));
        Assert.Equal(["Integration with identifier already exists"], await Complaints(new { identifier = "two" }));
        Assert.Equal(["active must be a boolean value"], await Complaints(new { active = "x" }));
        Assert.Equal(["credentials.host must be a string"], await Complaints(new { credentials = new { host = 1 } }));
        Assert.Equal(["Environment not found"], await Complaints(new { _environmentId = "000000000000000000000000" }));
        foreach (var answer in new[] { await app.Api.PutAsJsonAsync(Nobody, new { name = "x" }), await app.Api.DeleteAsync(Nobody) })
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal(["Entity with id 000000000000000000000000 not found"], await answer.MessagesAsync());
        }
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_integration_can_move_to_another_environment_of_its_organization(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var a = await CreateAsync(app, new { name = "a", active = true });
        await CreateAsync(app, new { name = "b", active = true });
        await CreateAsync(app, new { name = "p", active = true, _environmentId = app.ProductionId });

        var moved = await (await app.Api.PutAsJsonAsync(PathOf(a), new { _environmentId = app.ProductionId })).DataAsync();

        Assert.Equal(app.ProductionId, moved.GetProperty("_environmentId").GetString());
        Assert.Equal("a1 b1 p2*", await RanksAsync(app));
        var inbox = (await (await app.Api.GetAsync(Route)).DataAsync()).EnumerateArray()
            .First(one => one.GetProperty("channel").GetString() == "in_app" && one.GetProperty("_environmentId").GetString() == app.EnvironmentId);
        Assert.Equal(
            ["One environment can only have one In app provider"],
            await (await app.Api.PutAsJsonAsync(PathOf(inbox), new { _environmentId = app.ProductionId })).MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_integration_of_another_organization_is_not_there(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var made = await CreateAsync(app, new { identifier = "mine", active = true, credentials = Credentials });
        var other = await app.RegisterAsync();
        var stranger = app.WithKey(other.ApiKey);

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PutAsJsonAsync(PathOf(made), new { name = "Mine" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PutAsJsonAsync(PathOf(made), new { credentials = new { } })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsJsonAsync($"{PathOf(made)}/set-primary", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.DeleteAsync(PathOf(made))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"{Route}/webhook/provider/{made.Id()}/status")).StatusCode);
        var intruder = await stranger.PostAsJsonAsync(
            Route, new { providerId = "nodemailer", channel = "email", credentials = new { }, _environmentId = app.EnvironmentId });
        Assert.Equal(HttpStatusCode.NotFound, intruder.StatusCode);
        Assert.Equal(["Environment not found"], await intruder.MessagesAsync());
        var theirs = await stranger.PostAsJsonAsync(Route, new { providerId = "nodemailer", channel = "email", credentials = new { }, identifier = "mine" });
        Assert.Equal(HttpStatusCode.Created, theirs.StatusCode);
        foreach (var path in new[] { Route, $"{Route}/active" })
        {
            var seen = await (await stranger.GetAsync(path)).DataAsync();
            Assert.DoesNotContain(seen.EnumerateArray(), one => one.GetProperty("_organizationId").GetString() == app.OrganizationId);
        }
    }

    [Fact]
    public async Task Whose_delivery_reports_are_read_is_said()
    {
        await using var app = await CarillonApp.StartAsync();
        async Task<HttpResponseMessage> Status(string name) => await app.Api.GetAsync($"{Route}/webhook/provider/{name}/status");

        Assert.Equal(["Integration for nodemailer was not found"], await (await Status("nodemailer")).MessagesAsync());
        var made = await CreateAsync(app, new { credentials = Credentials });
        var empty = await CreateAsync(app, new { credentials = new { } });
        var chat = await (await app.Api.PostAsJsonAsync(Route, new { providerId = "slack", channel = "chat", credentials = new { clientId = "x" } })).DataAsync();

        await app.Api.PostAsJsonAsync(Route, new { providerId = "twilio", channel = "sms", credentials = new { token = "x" } });

        Assert.False((await (await Status("nodemailer")).DataAsync()).GetBoolean());
        Assert.False((await (await Status(made.Id())).DataAsync()).GetBoolean());
        Assert.True((await (await Status("twilio")).DataAsync()).GetBoolean());
        Assert.Equal([$"Integration {empty.Id()} doesn't have credentials set up"], await (await Status(empty.Id())).MessagesAsync());
        Assert.Equal(["Webhook for slack-chat is not supported yet"], await (await Status(chat.Id())).MessagesAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await Status("zzz")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Status("000000000000000000000000")).StatusCode);
    }

    [Fact]
    public async Task Limits_and_the_inboxs_status_are_for_users()
    {
        await using var app = await CarillonApp.StartAsync();
        var other = await app.RegisterAsync();
        var user = app.WithToken(other.Token, other.EnvironmentId);

        Shape.AssertSame("""{"limit":0,"count":0}""", await (await user.GetAsync($"{Route}/email/limit")).DataAsync());
        Shape.AssertSame("""{"active":false}""", await (await user.GetAsync($"{Route}/in-app/status")).DataAsync());
        Assert.Equal(
            ["channelType must be one of the following values: in_app, email, sms, chat, push"],
            await (await user.GetAsync($"{Route}/zzz/limit")).MessagesAsync());
        foreach (var path in new[] { "email/limit", "in-app/status" })
            Assert.Equal(["API endpoint not available"], await (await app.Api.GetAsync($"{Route}/{path}")).MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_tutorials_subscriber_online_means_that_the_inbox_works(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var other = await app.RegisterAsync();
        await using (var db = app.OpenDb(other.EnvironmentId))
        {
            var environment = await db.Environments.SingleAsync(environment => environment.Id == other.EnvironmentId);
            db.Add(new Subscriber
            {
                Id = app.Get<Ids>().New(),
                EnvironmentId = environment.Id,
                OrganizationId = environment.OrganizationId,
                ExternalId = "on-boarding-subscriber-id-123",
                IsOnline = true,
                CreatedAt = environment.CreatedAt,
                UpdatedAt = environment.CreatedAt,
            });
            await db.SaveChangesAsync();
        }

        var status = await (await app.WithToken(other.Token, other.EnvironmentId).GetAsync($"{Route}/in-app/status")).DataAsync();

        Shape.AssertSame("""{"active":true}""", status);
    }

    private static object[] Conditions =>
    [
        new
        {
            isNegated = false,
            type = "GROUP",
            value = "AND",
            children = new[] { new { field = "identifier", value = "tz", @operator = "EQUAL", on = "tenant" } },
        },
    ];

    private static string PathOf(JsonElement integration) => $"{Route}/{integration.Id()}";

    private static async Task<JsonElement> CreateAsync(CarillonApp app, object settings)
    {
        var request = JsonSerializer.SerializeToNode(settings)!.AsObject();
        request["providerId"] = "nodemailer";
        request["channel"] = "email";
        request["credentials"] ??= new System.Text.Json.Nodes.JsonObject();
        return await (await app.Api.PostAsJsonAsync(Route, request)).DataAsync();
    }

    private static async Task<string> CipherAsync(CarillonApp app, JsonElement integration)
    {
        await using var db = app.OpenDb();
        return await db.Integrations.Where(one => one.Id == integration.Id()).Select(one => one.Cipher).SingleAsync();
    }

    // The mail integrations by name, each with its priority, and a star on a primary.
    private static async Task<string> RanksAsync(CarillonApp app) => string.Join(' ',
        from one in (await (await app.Api.GetAsync(Route)).DataAsync()).EnumerateArray()
        where one.GetProperty("channel").GetString() == "email"
        orderby one.GetProperty("name").GetString()
        select $"{one.GetProperty("name").GetString()}{one.GetProperty("priority")}{(one.GetProperty("primary").GetBoolean() ? "*" : "")}");
}
