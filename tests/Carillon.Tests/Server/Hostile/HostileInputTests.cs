using System.Text.Json;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Server.Inboxes;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Tests.Server.Hostile;

/// <summary>Whatever is sent to whichever route, the answer is never that the server has failed; and it goes on working.</summary>
public sealed class HostileInputTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task No_input_breaks_any_route(Store store)
    {
        await using var app = await StartAsync(store);
        var known = await KnownThings.MakeAsync(app);
        var stranger = await app.RegisterAsync();
        HttpClient[] callers = [app.Api, app.WithToken(stranger.Token, stranger.EnvironmentId), await app.InboxOfAsync("zebra-ann")];

        var failures = new List<string>();
        foreach (var route in MappedRoute.All(app))
        {
            foreach (var (path, body) in Requests(route, known))
                failures.AddRange(await FailuresAsync(callers, route.Verb, path, body));
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(40)) + $"\n{failures.Count} in all");
        await app.SettledAsync();
        var workflow = await app.CreateWorkflowAsync("Afterwards");
        await app.TriggeredAsync(new { name = workflow.Identifier(), to = "after", payload = new { name = "all" } });
        await app.SettledAsync();
        Assert.Equal(["Hello all"], await app.FeedAsync("after"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Ids_of_another_environment_open_nothing(Store store)
    {
        await using var app = await StartAsync(store);
        var known = await KnownThings.MakeAsync(app);
        var before = await known.StateAsync(app);
        var stranger = await app.RegisterAsync();
        var (production, foreign, eve) = (app.WithKey(app.ProductionKey), app.WithKey(stranger.ApiKey), await app.InboxOfAsync("eve"));
        var user = app.WithToken(stranger.Token, stranger.EnvironmentId);

        foreach (var route in MappedRoute.All(app).Where(route => KnownThings.NamesSomething(route.Pattern)))
        {
            // Integrations belong to the organization, whose keys may change them from any of its environments.
            HttpClient[] strangers = route.Pattern.StartsWith("/v1/integrations", StringComparison.Ordinal) ? [foreign, user] : [production, foreign, user, eve];
            foreach (var client in strangers)
            {
                var answer = await SendAsync(client, route.Verb, known.PathOf(route.Pattern), known.BodyOf(route));
                Assert.True((int)answer.StatusCode < 500, $"{route.Verb} {route.Pattern}");
                Assert.DoesNotContain(KnownThings.Secret, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }

        Assert.Equal(before, await known.StateAsync(app));
    }

    private static Task<CarillonApp> StartAsync(Store store) =>
        CarillonApp.StartAsync(store, settings: [("Carillon:RateLimits:Enabled", "false"), ("Carillon:PublicUrl", "https://notify.example.com")]);

    private static IEnumerable<(string Path, string? Body)> Requests(MappedRoute route, KnownThings known)
    {
        var body = known.BodyOf(route);
        foreach (var path in known.HostilePathsOf(route.Pattern))
            yield return (path, body);

        var usual = known.PathOf(route.Pattern);
        if (route.Verb == "GET")
        {
            foreach (var name in KnownThings.ParametersOf(route))
            {
                foreach (var value in HostileValues.Parameters)
                    yield return ($"{usual}?{known.QueryOf(route, except: name)}{name}{value}", null);
            }
        }

        if (body is null) yield break;

        foreach (var hostile in HostileValues.Bodies.Concat(HostileValues.Variants(body)))
            yield return (usual, hostile);
    }

    private static async Task<IReadOnlyList<string>> FailuresAsync(HttpClient[] callers, string verb, string path, string? body)
    {
        var failures = new List<string>();
        foreach (var caller in callers)
        {
            var answer = await SendAsync(caller, verb, path, body);
            if ((int)answer.StatusCode == 401) continue;
            if ((int)answer.StatusCode >= 500) failures.Add($"{verb} {Short(path)} {Short(body)} -> {Short(await answer.Content.ReadAsStringAsync())}");
            break;
        }

        return failures;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string verb, string path, string? body)
    {
        var request = new HttpRequestMessage(new(verb), new Uri(path, UriKind.Relative));
        if (body is not null) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return client.SendAsync(request);
    }

    private static string? Short(string? text) => text?.Length > 300 ? text[..300] + "…" : text;
}
