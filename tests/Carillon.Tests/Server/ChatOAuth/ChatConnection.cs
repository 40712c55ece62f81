using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace Carillon.Tests.Server.ChatOAuth;

/// <summary>A server, a Slack, and the browser of a person who goes from one to the other.</summary>
internal sealed class ChatConnection : IAsyncDisposable
{
    public const string PublicUrl = "https://notify.example.com";

    private ChatConnection(CarillonApp app, FakeSlack slack)
    {
        App = app;
        Slack = slack;
        Browser = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        Browser.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    public CarillonApp App { get; }
    public FakeSlack Slack { get; }

    /// <summary>Without credentials, and staying where it is sent from.</summary>
    public HttpClient Browser { get; }

    public static async Task<ChatConnection> StartAsync(
        Store store = Store.Sqlite, TimeProvider? clock = null, params (string Name, string Value)[] settings)
    {
        var slack = await FakeSlack.StartAsync();
        (string Name, string Value)[] usual =
        [
            ("Carillon:PublicUrl", PublicUrl),
            ("Carillon:Slack:AuthorizeUrl", "https://slack.example.com/authorize"),
            ("Carillon:Slack:TokenUrl", slack.TokenUrl),
            ("Carillon:Outbound:Allow:0", "127.0.0.0/8"),
        ];
        var app = await CarillonApp.StartAsync(store, clock, settings: [.. settings.UnionBy(usual, setting => setting.Name)]);
        return new(app, slack);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await App.DisposeAsync();
        await Slack.DisposeAsync();
    }

    public async Task<JsonElement> IntegrateAsync(string? identifier = null, object? credentials = null, bool active = true) =>
        await (await App.Api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "slack",
            channel = "chat",
            identifier,
            credentials = credentials ?? new { clientId = "client.1", secretKey = "hush" },
            active,
        })).DataAsync();

    public static string Hash(string subscriberId, string key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(subscriberId)));

    /// <summary>The link that an application shows to a subscriber, signed unless another hash is given.</summary>
    public string Link(string subscriberId = "ann", string? hash = null, string? identifier = null, string? environmentId = null) =>
        QueryHelpers.AddQueryString($"/v1/subscribers/{Uri.EscapeDataString(subscriberId)}/credentials/slack/oauth", new Dictionary<string, string?>
        {
            ["environmentId"] = environmentId ?? App.EnvironmentId,
            ["integrationIdentifier"] = identifier,
            ["hmacHash"] = hash ?? Hash(subscriberId, App.ApiKey),
        });

    /// <summary>Follows a link to the provider.</summary>
    public async Task<Departure> DepartAsync(string? link = null)
    {
        var response = await Browser.GetAsync(link ?? Link());
        if (response.Headers.Location is not { } location) throw new InvalidOperationException(await response.Content.ReadAsStringAsync());

        var query = QueryHelpers.ParseQuery(location.Query);
        return new(location, new Uri(query["redirect_uri"].ToString()), query["state"].ToString());
    }

    public Task<HttpResponseMessage> ReturnAsync(Departure departure, string code = "code-1") => Browser.GetAsync(departure.Back(code));

    public async Task<JsonElement> SubscriberAsync(string subscriberId = "ann") =>
        await (await App.Api.GetAsync($"/v1/subscribers/{Uri.EscapeDataString(subscriberId)}")).DataAsync();

    public async Task<bool> IsThereAsync(string subscriberId = "ann") =>
        (await App.Api.GetAsync($"/v1/subscribers/{subscriberId}")).IsSuccessStatusCode;
}

/// <summary>Where a person was sent, where they are to be sent back to, and with what.</summary>
internal sealed record Departure(Uri Location, Uri RedirectUri, string State)
{
    public string Back(string code = "code-1") =>
        $"{RedirectUri.PathAndQuery}&code={Uri.EscapeDataString(code)}&state={Uri.EscapeDataString(State)}";
}
