using System.Net;
using Carillon.Data.Environments;
using Carillon.Data.Secrets;
using Carillon.Data;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Tests.Server.ChatOAuth;

public sealed class StartChatOAuthTests
{
    private const string Missing = "Hmac is enabled on the integration, please provide a HMAC hash on the request params";
    private const string Wrong = "Hmac is enabled on the integration, please provide a valid HMAC hash";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_signed_link_leads_to_slack(Store store)
    {
        await using var chat = await ChatConnection.StartAsync(store);
        await chat.IntegrateAsync("my slack", new { clientId = "client&1", secretKey = "hush" });

        var response = await chat.Browser.GetAsync(chat.Link("ann b&c", identifier: "my slack"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        var location = response.Headers.Location!;
        Assert.Equal("https://slack.example.com/authorize", location.GetLeftPart(UriPartial.Path));
        var query = QueryHelpers.ParseQuery(location.Query);
        Assert.Equal(["client_id", "scope", "user_scope", "redirect_uri", "state"], query.Keys);
        Assert.Equal("client&1", query["client_id"]);
        Assert.Equal("incoming-webhook", query["scope"]);
        Assert.Equal("", query["user_scope"]);
        Assert.Equal(
            $"{ChatConnection.PublicUrl}/v1/subscribers/ann%20b%26c/credentials/slack/oauth/callback"
            + $"?environmentId={chat.App.EnvironmentId}&integrationIdentifier=my%20slack",
            query["redirect_uri"]);
    }

    [Fact]
    public async Task A_link_without_a_hash_or_with_a_wrong_one_is_refused()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync();

        async Task RefusedAsync(string complaint, string link)
        {
            var response = await chat.Browser.GetAsync(link);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal([complaint], await response.MessagesAsync());
        }

        await RefusedAsync(Missing, chat.Link(hash: ""));
        await RefusedAsync(Missing, $"/v1/subscribers/ann/credentials/slack/oauth?environmentId={chat.App.EnvironmentId}");
        await RefusedAsync(Wrong, chat.Link(hash: "abc"));
        await RefusedAsync(Wrong, chat.Link(hash: ChatConnection.Hash("bob", chat.App.ApiKey)));
        await RefusedAsync(Wrong, chat.Link(hash: ChatConnection.Hash("ann", chat.App.ProductionKey)));
        await RefusedAsync(Wrong, chat.Link(hash: ChatConnection.Hash("ann", "")));
    }

    [Fact]
    public async Task A_hash_by_any_key_of_the_environment_will_do()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync();
        NewApiKey second;
        await using (var db = chat.App.OpenDb())
        {
            var environment = await db.Environments.SingleAsync(environment => environment.Id == chat.App.EnvironmentId);
            second = NewApiKey.For(environment, "000000000000000000000000", chat.App.Get<Ids>(), chat.App.Get<SecretBox>(), TimeProvider.System.GetUtcNow());
            db.Add(second.Row);
            await db.SaveChangesAsync();
        }

        var byFirst = await chat.Browser.GetAsync(chat.Link(hash: ChatConnection.Hash("ann", chat.App.ApiKey)));
        var bySecond = await chat.Browser.GetAsync(chat.Link(hash: ChatConnection.Hash("ann", second.ClearText).ToUpperInvariant()));

        Assert.Equal(HttpStatusCode.Redirect, byFirst.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, bySecond.StatusCode);
    }

    [Theory]
    [InlineData(true, "false", true)]
    [InlineData(true, "none", false)]
    [InlineData(true, "true", false)]
    [InlineData(false, "false", false)]
    public async Task A_link_need_not_be_signed_where_both_the_operator_and_the_integration_do_without(bool operatorAllows, string hmac, bool passes)
    {
        await using var chat = await ChatConnection.StartAsync(settings: ("Carillon:ChatOAuth:AllowUnsigned", operatorAllows.ToString()));
        await chat.IntegrateAsync(credentials: hmac switch
        {
            "none" => new { clientId = "client.1", secretKey = "hush" },
            _ => new { clientId = "client.1", secretKey = "hush", hmac = hmac == "true" },
        });

        var response = await chat.Browser.GetAsync(chat.Link(hash: ""));

        Assert.Equal(passes ? HttpStatusCode.Redirect : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_environment_and_a_missing_integration_are_answered_alike()
    {
        await using var chat = await ChatConnection.StartAsync();
        const string Unknown = "000000000000000000000000";

        async Task MissingAsync(string link, string environmentId, string provider = "slack", string what = "was not found")
        {
            var response = await chat.Browser.GetAsync(link);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal([$"Integration in environment {environmentId} {what}, channel: chat, providerId: {provider}"], await response.MessagesAsync());
        }

        await MissingAsync(chat.Link(environmentId: Unknown), Unknown);
        await MissingAsync(chat.Link(), chat.App.EnvironmentId);
        await MissingAsync(chat.Link().Replace("/slack/", "/discord/"), chat.App.EnvironmentId, "discord");
        await chat.IntegrateAsync("no-client", new { secretKey = "hush" });
        await chat.IntegrateAsync("no-credentials", new { });
        await MissingAsync(chat.Link(identifier: "nope"), chat.App.EnvironmentId);
        await MissingAsync(chat.Link(identifier: "no-client"), chat.App.EnvironmentId, what: "missing clientId");
        await MissingAsync(chat.Link(identifier: "no-credentials"), chat.App.EnvironmentId, what: "missing credentials");
        await MissingAsync(chat.Link(environmentId: chat.App.ProductionId), chat.App.ProductionId);
    }

    [Fact]
    public async Task Bad_input_is_named()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync();

        async Task<string[]> ComplaintsAsync(string path)
        {
            var response = await chat.Browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            return await response.MessagesAsync();
        }

        var environment = $"environmentId={chat.App.EnvironmentId}";
        Assert.Equal(
            ["environmentId should not be null or undefined", "environmentId must be a mongodb id"],
            await ComplaintsAsync("/v1/subscribers/ann/credentials/slack/oauth?"));
        Assert.Equal(["environmentId must be a mongodb id"], await ComplaintsAsync("/v1/subscribers/ann/credentials/slack/oauth?environmentId=zzz"));
        Assert.Equal(
            ["providerId must be one of the following values: slack, discord, msteams, mattermost, ryver, zulip, grafana-on-call, getstream, rocket-chat, whatsapp-business"],
            await ComplaintsAsync($"/v1/subscribers/ann/credentials/zzz/oauth?{environment}"));
        Assert.Equal(["subscriberId should not be undefined"], await ComplaintsAsync($"/v1/subscribers/undefined/credentials/slack/oauth?{environment}"));
        Assert.Equal(["subscriberId should not be null"], await ComplaintsAsync($"/v1/subscribers/null/credentials/slack/oauth?{environment}"));
        Assert.Equal(
            ["subscriberId must be shorter than or equal to 512 characters"],
            await ComplaintsAsync($"/v1/subscribers/{new string('x', 513)}/credentials/slack/oauth?{environment}"));
        Assert.Equal(
            ["integrationIdentifier must be a string"],
            await ComplaintsAsync($"/v1/subscribers/ann/credentials/slack/oauth?{environment}&integrationIdentifier=a&integrationIdentifier=b"));
    }
}
