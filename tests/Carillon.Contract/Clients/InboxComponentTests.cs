using System.Text.Json;
using Carillon.Driving;
using Carillon.Tests.Support;

namespace Carillon.Contract.Clients;

/// <summary>
/// The official components in Chromium, on pages of another origin: a bell that rings without a reload, a list with buttons, tabs,
/// marks, and preferences. Pictures are left in <c>artifacts/inbox</c>.
/// </summary>
public sealed class InboxComponentTests(InboxComponentTests.Seen seen) : IClassFixture<InboxComponentTests.Seen>
{
    [Theory, InlineData("notification-center"), InlineData("react"), InlineData("react-3")]
    public void A_component_shows_what_comes_and_passes_on_what_is_clicked(string page)
    {
        var saw = seen.By(page);

        Assert.False(saw.TryGetProperty("failed", out var failure), failure.ToString());
        Assert.Empty(saw.GetProperty("complaints").EnumerateArray());
        Assert.Equal(["Everything\n2", "Offers\n1"], Texts(saw, "tabs"));
        Assert.Equal(("Hello Ann", "primary"), (saw.GetProperty("accepted").GetString(), saw.GetProperty("result").GetString()));
    }

    [Theory, InlineData("notification-center"), InlineData("react"), InlineData("react-3")]
    public void What_is_switched_off_in_a_component_is_not_sent_any_more(string page) =>
        Assert.Equal(["Hello after all", "Hello again", "Buy shoes", "Hello Ann"], Texts(seen.By(page), "received"));

    private static IEnumerable<string?> Texts(JsonElement saw, string name) => saw.GetProperty(name).EnumerateArray().Select(text => text.GetString());

    /// <summary>One server, one build of the pages and one browser, for all tests.</summary>
    public sealed class Seen : IAsyncLifetime
    {
        private JsonElement _pages;

        public async ValueTask InitializeAsync()
        {
            var pictures = Directory.CreateDirectory(Path.Combine(Repository.Folder(), "artifacts", "inbox")).FullName;
            await using var store = new ThrowAwayStore(StoreKind.Sqlite);
            await using var server = new ServerProcess(store.ConnectionString, new Dictionary<string, string>());
            await server.StartAsync();
            using var client = new Client(server.Address);
            await client.SignUpAsync();
            _pages = await InboxFolder.RunAsync("components.mjs", server.Address.ToString().TrimEnd('/'), client.ApiKey, pictures);
        }

        internal JsonElement By(string page) => _pages.GetProperty(page);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
