using System.Net.Http.Json;
using Carillon.Tests.Server.Accounts;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Authoring;

public sealed class InboundParseTests
{
    private const string Route = "/v1/inbound-parse/mx/status";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_domain_whose_mail_comes_here_is_found_and_remembered(Store store)
    {
        await using var dns = new NameServer("Mail.Carillon.example");
        await using var app = await CarillonApp.StartAsync(
            store, settings: [("Carillon:InboundMail:Domain", "mail.carillon.example"), ("Carillon:InboundMail:NameServers:0", dns.Address)]);
        var founder = await app.FounderAsync();

        var without = await (await founder.Calls.GetAsync(Route)).DataAsync();
        await founder.Calls.PutAsJsonAsync($"/v1/environments/{founder.EnvironmentId}", new { dns = new { inboundParseDomain = "in.example.com" } });
        var with = await (await founder.Calls.GetAsync(Route)).DataAsync();

        Shape.AssertSame("""{"mxRecordConfigured":false}""", without);
        Shape.AssertSame("""{"mxRecordConfigured":true}""", with);
        var environment = await (await founder.Calls.GetAsync("/v1/environments/me")).DataAsync();
        Shape.AssertSame("""{"mxRecordConfigured":true,"inboundParseDomain":"in.example.com"}""", environment.GetProperty("dns"));
    }

    [Theory]
    [InlineData("other.example")]
    [InlineData(null)]
    public async Task A_domain_whose_mail_goes_elsewhere_or_nowhere_is_not(string? exchange)
    {
        await using var dns = new NameServer(exchange);
        await using var app = await CarillonApp.StartAsync(
            settings: [("Carillon:InboundMail:Domain", "mail.carillon.example"), ("Carillon:InboundMail:NameServers:0", dns.Address)]);
        var founder = await app.FounderAsync();

        await founder.Calls.PutAsJsonAsync($"/v1/environments/{founder.EnvironmentId}", new { dns = new { inboundParseDomain = "in.example.com" } });
        var answer = await (await founder.Calls.GetAsync(Route)).DataAsync();
        await founder.Calls.PutAsJsonAsync($"/v1/environments/{founder.EnvironmentId}", new { dns = new { inboundParseDomain = "no domain!" } });
        var nonsense = await (await founder.Calls.GetAsync(Route)).DataAsync();

        Shape.AssertSame("""{"mxRecordConfigured":false}""", answer);
        Shape.AssertSame("""{"mxRecordConfigured":false}""", nonsense);
    }

    [Fact]
    public async Task Where_no_server_receives_mail_that_is_said()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        await founder.Calls.PutAsJsonAsync($"/v1/environments/{founder.EnvironmentId}", new { dns = new { inboundParseDomain = "in.example.com" } });

        Assert.Equal(["Carillon:InboundMail:Domain is not set"], await (await founder.Calls.GetAsync(Route)).MessagesAsync());
    }
}
