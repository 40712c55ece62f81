using System.Net;
using System.Net.Http.Json;
using Carillon.Tests.Server.Accounts;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server;

/// <summary>Time zones of subscribers and environments, as callers set, see and take them away.</summary>
public sealed class TimezoneTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_environment_is_given_one_and_it_is_taken_away_again(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var founder = await app.FounderAsync();
        var route = $"/v1/environments/{founder.EnvironmentId}";

        Assert.Equal(HttpStatusCode.OK, (await founder.Calls.PutAsJsonAsync(route, new { timezone = "Europe/Berlin" })).StatusCode);
        Assert.Equal("Europe/Berlin", await ZoneAsync());
        await founder.Calls.PutAsJsonAsync(route, new { name = "Other" });
        Assert.Equal("Europe/Berlin", await ZoneAsync());
        await founder.Calls.PutAsJsonAsync(route, new { timezone = "" });
        Assert.Null(await ZoneAsync());

        async Task<string?> ZoneAsync() =>
            (await (await founder.Calls.GetAsync("/v1/environments/me")).DataAsync()).TryGetProperty("timezone", out var zone) ? zone.GetString() : null;
    }

    [Theory]
    [InlineData("Atlantis")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("../etc/passwd")]
    public async Task What_is_none_is_refused_everywhere(string timezone)
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();

        foreach (var answer in new[]
        {
            await founder.Calls.PutAsJsonAsync($"/v1/environments/{founder.EnvironmentId}", new { timezone }),
            await app.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId = "ann", timezone }),
        })
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal(["timezone must be an IANA time zone"], await answer.MessagesAsync());
        }
    }

    [Fact]
    public async Task A_subscriber_has_one_and_keeps_it_when_other_things_change()
    {
        await using var app = await CarillonApp.StartAsync();

        await app.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId = "ann", timezone = "Australia/Lord_Howe" });
        var changed = await (await app.Api.PutAsJsonAsync("/v1/subscribers/ann", new { firstName = "Ann" })).DataAsync();

        Assert.Equal("Australia/Lord_Howe", changed.GetProperty("timezone").GetString());
    }
}
