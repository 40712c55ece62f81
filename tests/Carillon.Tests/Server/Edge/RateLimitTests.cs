using System.Net;
using System.Net.Http.Json;
using Carillon.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Server.Edge;

public sealed class RateLimitTests
{
    private static readonly (string, string) TwoASecond = ("Carillon:RateLimits:Global", "2");

    [Fact]
    public async Task Each_answer_says_what_is_left()
    {
        await using var app = await CarillonApp.StartAsync(clock: Clock(), settings: TwoASecond);

        var answer = await app.Api.GetAsync("/v1/messages");

        Assert.Equal("10", Header(answer, "RateLimit-Limit"));
        Assert.Equal("10", Header(answer, "RateLimit-Remaining"));
        Assert.Equal("0", Header(answer, "RateLimit-Reset"));
        Assert.StartsWith("10;w=5;burst=11;comment=\"token bucket\";category=\"global\";cost=\"single\"", Header(answer, "RateLimit-Policy"));
    }

    [Fact]
    public async Task Who_asks_too_fast_waits_and_is_served_again()
    {
        var clock = Clock();
        await using var app = await CarillonApp.StartAsync(clock: clock, settings: TwoASecond);

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 12; i++) answers.Add(await app.Api.GetAsync("/v1/messages"));

        Assert.All(answers.Take(11), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[11].StatusCode);
        Assert.Equal("1", Header(answers[11], "Retry-After"));
        Assert.Equal(["API rate limit exceeded"], await answers[11].MessagesAsync());
        Assert.Equal(HttpStatusCode.OK, (await app.WithKey(app.ProductionKey).GetAsync("/v1/messages")).StatusCode);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await app.Api.GetAsync("/v1/messages")).StatusCode);
    }

    [Fact]
    public async Task People_have_a_bucket_of_their_own()
    {
        var clock = Clock();
        await using var app = await CarillonApp.StartAsync(clock: clock, settings: TwoASecond);
        var me = await app.RegisterAsync("me");
        var other = await app.RegisterAsync("other");
        var calls = app.WithToken(me.Token, me.EnvironmentId);

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 15; i++) answers.Add(await calls.GetAsync("/v1/users/me"));

        Assert.Equal(HttpStatusCode.OK, answers[0].StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1].StatusCode);
        Assert.Equal("1", Header(answers[^1], "Retry-After"));
        Assert.Equal(HttpStatusCode.OK, (await app.WithToken(other.Token, other.EnvironmentId).GetAsync("/v1/users/me")).StatusCode);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await calls.GetAsync("/v1/users/me")).StatusCode);
    }

    [Fact]
    public async Task Triggers_have_a_bucket_of_their_own_and_many_at_once_cost_more()
    {
        await using var app = await CarillonApp.StartAsync(clock: Clock(), settings: ("Carillon:RateLimits:Trigger", "30"));

        var bulk = await app.Api.PostAsJsonAsync("/v1/events/trigger/bulk", new { events = new[] { new { name = "x", to = "y" } } });

        Assert.Equal("65", Header(bulk, "RateLimit-Remaining"));
        Assert.Contains("category=\"trigger\";cost=\"bulk\"", Header(bulk, "RateLimit-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Routes_without_credentials_are_held_to_the_address()
    {
        var clock = Clock();
        await using var app = await CarillonApp.StartAsync(clock: clock, settings: ("Carillon:RateLimits:Address", "3"));
        var anonymous = app.Anonymous;

        for (var i = 0; i < 3; i++) Assert.NotEqual(HttpStatusCode.TooManyRequests, (await LoginAsync(anonymous)).StatusCode);
        var refused = await LoginAsync(anonymous);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("60", Header(refused, "Retry-After"));
        Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync("/v1/health-check")).StatusCode);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await LoginAsync(anonymous)).StatusCode);
    }

    [Fact]
    public async Task Limits_can_be_switched_off()
    {
        await using var app = await CarillonApp.StartAsync(settings: [TwoASecond, ("Carillon:RateLimits:Enabled", "false")]);

        for (var i = 0; i < 15; i++) Assert.Equal(HttpStatusCode.OK, (await app.Api.GetAsync("/v1/messages")).StatusCode);
    }

    private static FakeTimeProvider Clock() => new(DateTimeOffset.Parse("2026-01-01T00:00:00Z", null));

    private static string Header(HttpResponseMessage answer, string name) => string.Join(",", answer.Headers.GetValues(name));

    private static Task<HttpResponseMessage> LoginAsync(HttpClient client) =>
        client.PostAsJsonAsync("/v1/auth/login", new { email = "nobody@example.com", password = "Passw0rd!x" });
}
