using System.Text.Json;
using Carillon.Contract.Hints;

namespace Carillon.Contract.Clients;

/// <summary>What pages without the official components use: every method that the libraries have, found by reflection.</summary>
public abstract class InboxLibraryTests<TOutcome>(TOutcome outcome) : IClassFixture<TOutcome>
    where TOutcome : LibraryOutcome
{
    [Theory]
    [InlineData("@novu/js 2.6", 41)]
    [InlineData("@novu/js 3.5", 42)]
    [InlineData("@novu/js 3.19", 42)]
    [InlineData("@novu/headless 2.0", 47)]
    public void Every_method_works(string library, int methods)
    {
        var all = (
            from owner in outcome.Of(library).GetProperty("report").EnumerateObject()
            from method in owner.Value.EnumerateObject()
            select (Name: $"{owner.Name}.{method.Name}", Became: method.Value.GetString())).ToList();

        Assert.Equal(methods, all.Count);
        Assert.All(all, method => Assert.Equal((method.Name, "fine"), method));
    }

    [Theory]
    [InlineData("@novu/js 2.6", "notification_received Hello Ann Accept social", "notification_received Buy shoes undefined shop,shop/")]
    [InlineData("@novu/js 3.5", "notification_received Hello Ann Accept social", "notification_received Buy shoes undefined shop,shop/")]
    [InlineData("@novu/headless 2.0", "notification_received Hello Ann")]
    public void What_happens_is_told_in_order(string library, params string[] received) => Assert.Equal(
        received.SelectMany((text, i) => new[] { text, $"unseen_count_changed {i + 1}", $"unread_count_changed {i + 1}" }),
        outcome.Of(library).GetProperty("events").EnumerateArray().Select(told => told.GetString()));

    [Fact]
    public void Libraries_that_count_by_severity_hear_of_a_message_but_not_how_many_are_unread() => Assert.Equal(
        ["notification_received Hello Ann Accept social", "unseen_count_changed 1", "unread_count_changed undefined"],
        outcome.Of("@novu/js 3.19").GetProperty("events").EnumerateArray().Take(3).Select(told => told.GetString()));
}

/// <summary>At one server.</summary>
public sealed class InboxLibraryTests(InboxLibraryTests.Outcome outcome) : InboxLibraryTests<InboxLibraryTests.Outcome>(outcome)
{
    public sealed class Outcome : LibraryOutcome
    {
        private protected override async Task<JsonElement> TryAsync()
        {
            await using var site = await Site.OneAsync();
            return await TryAsync(site);
        }
    }
}

/// <summary>At three that tell each other over Redis, none of them twice in a row.</summary>
public sealed class InboxLibraryNodesTests(InboxLibraryNodesTests.Outcome outcome) : InboxLibraryTests<InboxLibraryNodesTests.Outcome>(outcome)
{
    public sealed class Outcome : LibraryOutcome
    {
        private protected override async Task<JsonElement> TryAsync()
        {
            await using var redis = new RedisServer();
            await redis.StartAsync();
            await using var site = await Site.ThreeAsync(("ConnectionStrings__Redis", redis.Configuration));
            return await TryAsync(site);
        }
    }
}
