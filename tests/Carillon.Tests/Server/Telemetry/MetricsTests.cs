using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Telemetry;

public sealed class MetricsTests
{
    private const string Token = "a token for Prometheus";
    private static readonly (string, string) Setting = ("Carillon:Metrics:Token", Token);
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_token_there_is_no_such_page()
    {
        await using var app = await CarillonApp.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await app.Api.GetAsync("/metrics", Ct)).StatusCode);
    }

    [Fact]
    public async Task Only_who_shows_the_token_sees_it()
    {
        await using var app = await CarillonApp.StartAsync(settings: Setting);

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.GetAsync("/metrics", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Api.GetAsync("/metrics", Ct)).StatusCode);
        var page = await ScrapeAsync(app);
        Assert.Contains("carillon_lag_seconds", page, StringComparison.Ordinal);
        Assert.Contains("carillon_sockets", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accepted_events_and_their_runs_are_counted()
    {
        await using var app = await CarillonApp.StartAsync(settings: Setting);
        var workflow = await app.CreateWorkflowAsync("Counted");

        await app.Api.PostAsJsonAsync("/v1/events/trigger", new { name = workflow.Identifier(), to = new[] { "ann", "bob" } }, Ct);
        await app.SettledAsync();

        // Other tests run in this process, and their servers count under the same names.
        var page = await ScrapeAsync(app);
        Assert.True(Count(page, "carillon_events_accepted_total") >= 1, page);
        Assert.True(Count(page, "carillon_runs_created_total") >= 2, page);
    }

    private static double Count(string page, string metric) => page.Split('\n')
        .Where(line => line.StartsWith(metric, StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));

    private static async Task<string> ScrapeAsync(CarillonApp app)
    {
        var prometheus = app.Anonymous;
        prometheus.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return await prometheus.GetStringAsync("/metrics", Ct);
    }
}
