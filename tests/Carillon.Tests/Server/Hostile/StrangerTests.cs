using System.Net;
using Carillon.Server.Http.Access;
using Carillon.Tests.Server.Inboxes;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Hostile;

/// <summary>Every route, whatever is mapped, is closed to those whom it does not name.</summary>
public sealed class StrangerTests
{
    private static readonly string NoKey = new('0', 32);

    [Fact]
    public async Task Nobody_comes_in_without_credentials()
    {
        await using var app = await CarillonApp.StartAsync(settings: ("Carillon:RateLimits:Enabled", "false"));
        var known = await KnownThings.MakeAsync(app);

        await RefusedAsync(app.Anonymous, known, MappedRoute.All(app).Where(route => route.Credentials != Credentials.None));
    }

    [Fact]
    public async Task A_key_that_is_none_opens_nothing()
    {
        await using var app = await CarillonApp.StartAsync(settings: ("Carillon:RateLimits:Enabled", "false"));
        var known = await KnownThings.MakeAsync(app);

        await RefusedAsync(app.WithKey(NoKey), known, MappedRoute.All(app).Where(route => route.Credentials != Credentials.None));
        await RefusedAsync(app.WithToken("a.b.c", app.EnvironmentId), known, MappedRoute.All(app).Where(route => route.Credentials != Credentials.None));
    }

    [Fact]
    public async Task Keys_users_and_subscribers_have_their_own_routes()
    {
        await using var app = await CarillonApp.StartAsync(settings: ("Carillon:RateLimits:Enabled", "false"));
        var known = await KnownThings.MakeAsync(app);
        var user = await app.RegisterAsync();
        var routes = MappedRoute.All(app);

        await RefusedAsync(app.Api, known, routes.Where(route => route.Credentials is Credentials.User or Credentials.Subscriber));
        await RefusedAsync(app.WithToken(user.Token, user.EnvironmentId), known, routes.Where(route => route.Credentials == Credentials.Subscriber));
        await RefusedAsync(await app.InboxOfAsync("zebra-ann"), known, routes.Where(route => route.Credentials is Credentials.User or Credentials.KeyOrUser));
    }

    [Fact]
    public async Task Everything_that_a_path_names_is_known_to_these_tests()
    {
        await using var app = await CarillonApp.StartAsync();
        var known = await KnownThings.MakeAsync(app);

        Assert.DoesNotContain(MappedRoute.All(app).Select(route => $"{route.Verb} {known.PathOf(route.Pattern)}"), KnownThings.NamesSomething);
    }

    private static async Task RefusedAsync(HttpClient client, KnownThings known, IEnumerable<MappedRoute> routes)
    {
        var open = new List<string>();
        var tried = 0;
        foreach (var route in routes)
        {
            using var request = new HttpRequestMessage(new(route.Verb), new Uri(known.PathOf(route.Pattern), UriKind.Relative));
            if (known.BodyOf(route) is { } body) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            tried++;
            if ((await client.SendAsync(request)).StatusCode != HttpStatusCode.Unauthorized) open.Add($"{route.Verb} {route.Pattern}");
        }

        Assert.Empty(open);
        Assert.NotEqual(0, tried);
    }
}
