using System.Net;
using System.Net.Http.Json;
using Carillon.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Server;

public sealed class AuthTests
{
    private const string WeakPassword =
        "The password must contain minimum 8 and maximum 64 characters, at least one uppercase letter, one lowercase letter, one number and one special character #?!@$%^&*()-";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Whoever_registers_gets_an_organization_with_two_environments(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var response = await app.Anonymous.PostAsJsonAsync("/v1/auth/register", new
        {
            firstName = "Ada",
            lastName = "Lovelace",
            email = "Ada.L+news@gmail.com",
            password = "Passw0rd!x",
            organizationName = "Engines",
        });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        var data = await response.DataAsync();
        Assert.Equal("adal@gmail.com", data.GetProperty("user").GetProperty("email").GetString());
        var environments = await (await app.WithToken(data.GetProperty("token").GetString()!).GetAsync("/v1/environments")).DataAsync();
        Assert.Equal(["Development", "Production"], environments.EnumerateArray().Select(e => e.GetProperty("name").GetString()!));
        Assert.Equal(environments[0].GetProperty("_id").GetString(), environments[1].GetProperty("_parentId").GetString());
    }

    [Fact]
    public async Task Registering_nothing_names_every_rule_in_order()
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Anonymous.PostAsJsonAsync("/v1/auth/register", new { });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            [
                "email should not be null or undefined", "email must be an email", "password should not be null or undefined", WeakPassword,
                "password must be shorter than or equal to 64 characters", "password must be longer than or equal to 8 characters",
                "firstName should not be null or undefined", "firstName must be a string",
            ],
            await response.MessagesAsync());
    }

    [Theory]
    [InlineData("abc", new[] { WeakPassword, "password must be longer than or equal to 8 characters" })]
    [InlineData("Password12", new[] { WeakPassword })]
    public async Task A_weak_password_is_refused(string password, string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Anonymous.PostAsJsonAsync("/v1/auth/register", new { firstName = "X", email = "x@example.com", password });

        Assert.Equal(complaints, await response.MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task One_mailbox_is_one_user(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await Register(app, "someone@example.com");

        var again = await Register(app, "SOMEONE@example.com");

        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Equal(["User already exists"], await again.MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Five_wrong_passwords_block_the_account_for_five_minutes(Store store)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-01-01T00:00:00Z", null));
        await using var app = await CarillonApp.StartAsync(store, clock);
        await Register(app, "someone@example.com");

        string[] answers = [];
        for (var attempt = 1; attempt <= 5; attempt++) answers = [.. answers, await LoginMessage(app, "Wrong1!xx")];

        Assert.Equal(
            [
                "Incorrect email or password provided.",
                "Incorrect email or password provided.",
                "Incorrect email or password provided. 2 Attempts left",
                "Incorrect email or password provided. 1 Attempts left",
                "Account blocked, Please try again after 5 minutes",
            ],
            answers);
        Assert.Equal("Account blocked, Please try again after 5 minutes", await LoginMessage(app, "Passw0rd!x"));
        clock.Advance(TimeSpan.FromMinutes(2.5));
        Assert.Equal("Account blocked, Please try again after 3 minutes", await LoginMessage(app, "Passw0rd!x"));
        clock.Advance(TimeSpan.FromMinutes(2.5));
        Assert.Equal(HttpStatusCode.Created, (await Login(app, "Passw0rd!x")).StatusCode);
    }

    [Fact]
    public async Task An_unknown_address_is_answered_like_a_wrong_password()
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Anonymous.PostAsJsonAsync("/v1/auth/login", new { email = "nobody@example.com", password = "Passw0rd!x" });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(["Incorrect email or password provided."], await response.MessagesAsync());
    }

    [Fact]
    public async Task Nobody_signs_in_as_the_seeded_owner()
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Anonymous.PostAsJsonAsync("/v1/auth/login", new { email = "owner@carillon.invalid", password = "nobody's password" });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_token_can_be_switched_to_ones_own_organization_and_environment_only(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var me = await app.RegisterAsync("me");
        var client = app.WithToken(me.Token);
        var organization = (await (await client.GetAsync("/v1/organizations/me")).DataAsync()).GetProperty("_id").GetString();

        var mine = await client.PostAsJsonAsync($"/v1/auth/organizations/{organization}/switch", new { });
        var foreign = await client.PostAsJsonAsync($"/v1/auth/organizations/{app.OrganizationId}/switch", new { });
        var bad = await client.PostAsJsonAsync("/v1/auth/organizations/xyz/switch", new { });
        var environment = await client.PostAsJsonAsync($"/v1/auth/environments/{me.EnvironmentId}/switch", new { });
        var foreignEnvironment = await client.PostAsJsonAsync($"/v1/auth/environments/{app.EnvironmentId}/switch", new { });

        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.WithToken((await mine.DataAsync()).GetString()!).GetAsync("/v1/organizations/me")).StatusCode);
        Assert.Equal([$"Not authorized for organization {app.OrganizationId}"], await foreign.MessagesAsync());
        Assert.Equal(["organizationId must be a mongodb id"], await bad.MessagesAsync());
        Assert.Equal(HttpStatusCode.OK, environment.StatusCode);
        Assert.Equal(["Environment not found"], await foreignEnvironment.MessagesAsync());
    }

    [Fact]
    public async Task A_refreshed_token_has_no_organization()
    {
        await using var app = await CarillonApp.StartAsync();
        var me = await app.RegisterAsync("me");

        var fresh = (await (await app.WithToken(me.Token).GetAsync("/v1/auth/refresh")).DataAsync()).GetString()!;

        Assert.Equal(["No organization found"], await (await app.WithToken(fresh).GetAsync("/v1/organizations/me")).MessagesAsync());
    }

    private static Task<HttpResponseMessage> Register(CarillonApp app, string email) =>
        app.Anonymous.PostAsJsonAsync("/v1/auth/register", new { firstName = "X", email, password = "Passw0rd!x" });

    private static Task<HttpResponseMessage> Login(CarillonApp app, string password) =>
        app.Anonymous.PostAsJsonAsync("/v1/auth/login", new { email = "someone@example.com", password });

    private static async Task<string> LoginMessage(CarillonApp app, string password) =>
        (await (await Login(app, password)).MessagesAsync())[0];
}
