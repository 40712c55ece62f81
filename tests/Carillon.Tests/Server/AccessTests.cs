using System.Net;
using System.Net.Http.Json;
using Carillon.Server.Http.Access;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Tests.Server;

public sealed class AccessTests
{
    [Fact]
    public async Task Every_route_says_who_may_use_it()
    {
        await using var app = await CarillonApp.StartAsync();

        var silent = app.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.GetMetadata<AccessRule>() is null)
            .Select(endpoint => endpoint.DisplayName);

        Assert.Empty(silent);
    }

    [Theory]
    [InlineData(null, "Missing authorization header", "Unauthorized")]
    [InlineData("ApiKey 00000000000000000000000000000000", "API Key not found", "Unauthorized")]
    [InlineData("ApiKey", "Unauthorized", null)]
    [InlineData("Bearer", "Unauthorized", null)]
    [InlineData("Bearer not.a.jwt", "Unauthorized", null)]
    [InlineData("Basic dXNlcjpwYXNz", "Invalid authentication scheme: \"Basic\"", "Unauthorized")]
    [InlineData("apikey abc", "Invalid authentication scheme: \"apikey\"", "Unauthorized")]
    public async Task Credentials_that_are_none_are_refused(string? header, string message, string? error)
    {
        await using var app = await CarillonApp.StartAsync();
        var client = app.Anonymous;
        if (header is not null) client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        var response = await client.GetAsync("/v1/environments/me?x=1");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var body = await response.JsonAsync();
        Assert.Equal(401, body.GetProperty("statusCode").GetInt32());
        Assert.Equal("/v1/environments/me?x=1", body.GetProperty("path").GetString());
        Assert.Equal(message, body.GetProperty("message").GetString());
        Assert.Equal(error, body.TryGetProperty("error", out var named) ? named.GetString() : null);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", body.GetProperty("timestamp").GetString());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_key_opens_its_own_environment(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var development = await (await app.Api.GetAsync("/v1/environments/me")).DataAsync();
        var production = await (await app.WithKey(app.ProductionKey).GetAsync("/v1/environments/me")).DataAsync();

        Assert.Equal(app.EnvironmentId, development.GetProperty("_id").GetString());
        Assert.Equal(app.ProductionId, production.GetProperty("_id").GetString());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_user_must_name_an_environment_of_their_organization(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var me = await app.RegisterAsync("me");

        var mine = await app.WithToken(me.Token, me.EnvironmentId).GetAsync("/v1/environments/me");
        var none = await app.WithToken(me.Token).GetAsync("/v1/environments/me");
        var foreign = await app.WithToken(me.Token, app.EnvironmentId).GetAsync("/v1/environments/me");
        var unknown = await app.WithToken(me.Token, "zzz").GetAsync("/v1/environments/me");

        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        Assert.Equal(["environmentId should not be empty"], await none.MessagesAsync());
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(await foreign.MessagesAsync(), await unknown.MessagesAsync());
    }

    [Fact]
    public async Task Keys_are_turned_away_where_only_users_may_go()
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Api.PostAsJsonAsync("/v1/environments/api-keys/regenerate", new { });

        Assert.Equal(["API endpoint not available"], await response.MessagesAsync());
    }

    [Fact]
    public async Task A_subscribers_token_opens_no_route_of_users()
    {
        await using var app = await CarillonApp.StartAsync();
        var token = app.Get<SubscriberTokens>().Mint(new()
        {
            Id = app.EnvironmentId,
            EnvironmentId = app.EnvironmentId,
            OrganizationId = app.OrganizationId,
            ExternalId = "sub-a",
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        });

        var response = await app.WithToken(token, app.EnvironmentId).GetAsync("/v1/environments/me");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
