using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Contract.Clients;

/// <summary>
/// The official components in Chromium, on pages of another origin: a bell that rings without a reload, a list with buttons, tabs,
/// marks, and preferences; and the server's own pages. Pictures are left in <c>artifacts/inbox</c>.
/// </summary>
public abstract class InboxComponentTests<TSeen>(TSeen seen) : IClassFixture<TSeen>
    where TSeen : SeenInBrowser
{
    [Theory, InlineData("notification-center"), InlineData("react"), InlineData("react-3")]
    public void A_component_shows_what_comes_and_passes_on_what_is_clicked(string page)
    {
        var saw = Fine(page);

        Assert.Equal(["Everything\n2", "Offers\n1"], Texts(saw, "tabs"));
        Assert.Equal(("Hello Ann", "primary"), (saw.GetProperty("accepted").GetString(), saw.GetProperty("result").GetString()));
    }

    [Theory, InlineData("notification-center"), InlineData("react"), InlineData("react-3")]
    public void What_is_switched_off_in_a_component_is_not_sent_any_more(string page) =>
        Assert.Equal(["Buy shoes", "Hello Ann", "Hello after all", "Hello again"], Texts(seen.By(page), "received").Order(StringComparer.Ordinal));

    [Fact]
    public void A_newcomer_sees_a_notification_arrive_on_the_servers_own_page() =>
        Assert.Equal(["Well done", "Later"], Texts(Fine("inbox-demo"), "buttons"));

    [Fact]
    public void Somebody_without_scripts_and_with_a_small_screen_chooses_what_they_receive()
    {
        var saw = Fine("preference-page");

        Assert.False(saw.GetProperty("channels").GetProperty("in_app").GetBoolean());
        Assert.False(saw.GetProperty("overflows").GetBoolean());
    }

    private JsonElement Fine(string page)
    {
        var saw = seen.By(page);
        Assert.False(saw.TryGetProperty("failed", out var failure), failure.ToString());
        Assert.Empty(saw.GetProperty("complaints").EnumerateArray());
        return saw;
    }

    private static IEnumerable<string?> Texts(JsonElement saw, string name) => saw.GetProperty(name).EnumerateArray().Select(text => text.GetString());
}

/// <summary>At one server.</summary>
public sealed class InboxComponentTests(InboxComponentTests.Seen seen) : InboxComponentTests<InboxComponentTests.Seen>(seen)
{
    public sealed class Seen() : SeenInBrowser("one", Site.OneAsync);
}

/// <summary>At three that tell each other over their database, none of them twice in a row.</summary>
public sealed class InboxComponentNodesTests(InboxComponentNodesTests.Seen seen) : InboxComponentTests<InboxComponentNodesTests.Seen>(seen)
{
    public sealed class Seen() : SeenInBrowser("three", Site.ThreeAsync);
}
