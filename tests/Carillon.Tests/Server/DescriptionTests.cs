using System.Net;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Tests.Server;

public sealed class DescriptionTests
{
    [Fact]
    public async Task Every_route_of_ours_is_described_with_what_it_asks_for()
    {
        await using var app = await CarillonApp.StartAsync();

        var document = await (await app.Anonymous.GetAsync("/openapi.json")).JsonAsync();

        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"))
            .ToHashSet();
        var mapped = app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal))
            .Where(route => route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
            .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {PathOf(route)}"));
        Assert.Empty(mapped.Except(described));
        var trigger = document.GetProperty("paths").GetProperty("/v1/events/trigger").GetProperty("post");
        var body = trigger.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.Equal(["name", "to"], body.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.True(body.GetProperty("properties").TryGetProperty("payload", out _));
        Assert.True(trigger.GetProperty("responses").TryGetProperty("201", out _));
        Assert.Equal("/", document.GetProperty("servers")[0].GetProperty("url").GetString());
    }

    [Fact]
    public async Task What_a_handler_is_given_by_the_server_is_nothing_that_a_caller_sends()
    {
        await using var app = await CarillonApp.StartAsync(settings: ("Carillon:PublicUrl", "https://notify.example.com"));

        var document = await (await app.Anonymous.GetAsync("/openapi.json")).JsonAsync();

        var reading = document.GetProperty("paths").EnumerateObject()
            .Where(path => path.Value.TryGetProperty("get", out var get) && get.TryGetProperty("requestBody", out _));
        Assert.Empty(reading.Select(path => path.Name));
        Assert.Equal("https://notify.example.com", document.GetProperty("servers")[0].GetProperty("url").GetString());
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        await using var app = await CarillonApp.StartAsync();

        var page = await app.Anonymous.GetAsync("/api/");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("//", (await page.Content.ReadAsStringAsync()).Replace("</", "<", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous.GetAsync("/api/scalar.js")).StatusCode);
    }

    private static string PathOf(RouteEndpoint route) => route.RoutePattern.RawText!.TrimEnd('/');
}
