using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Data.Realtime;
using Carillon.Tests.Server.Inboxes;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Tests.Server.Realtime;

public sealed class PresenceTests
{
    // How often a node says that it lives, and looks for those that do not.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_subscriber_is_online_while_one_socket_is_open(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var token = await app.SubscriberTokenAsync("ann");
        var first = await InboxSocket.ListenAsync(app, token);
        var second = await InboxSocket.ListenAsync(app, token);
        await app.UntilAsync(async () => await IsOnlineAsync(app) == true);

        await first.SendAsync("1");
        Assert.Null(await first.NextAsync());
        Assert.True(await IsOnlineAsync(app));
        await second.SendAsync("41");
        await app.UntilAsync(async () => await IsOnlineAsync(app) == false);

        Assert.True((await SubscriberAsync(app)).TryGetProperty("lastOnlineAt", out _));
        await using var again = await InboxSocket.ListenAsync(app, token);
        await app.UntilAsync(async () => await IsOnlineAsync(app) == true);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Who_was_at_a_node_that_died_goes_offline_and_who_is_elsewhere_does_not(Store store)
    {
        var clock = new RoundClock();
        await using var app = await CarillonApp.StartAsync(store, clock);
        await app.SubscriberTokenAsync("ann");
        await using var socket = await InboxSocket.ListenAsync(app, await app.SubscriberTokenAsync("eve"));
        await app.UntilAsync(async () => await IsOnlineAsync(app, "eve") == true);
        await using (var db = app.OpenDb())
        {
            db.Add(new SocketNode { Id = "dead", AliveUntil = clock.GetUtcNow().AddSeconds(40) });
            foreach (var subscriber in await db.Subscribers.ToListAsync())
                db.Add(new SubscriberPresence { SubscriberId = subscriber.Id, NodeId = "dead", EnvironmentId = app.EnvironmentId });
            await db.Subscribers.ExecuteUpdateAsync(row => row.SetProperty(subscriber => subscriber.IsOnline, true));
            await db.SaveChangesAsync();
        }

        await clock.AdvanceAsync(Beat, times: 2);
        Assert.True(await IsOnlineAsync(app));
        await clock.AdvanceAsync(Beat, times: 1);

        await app.UntilAsync(async () => await IsOnlineAsync(app) == false);
        Assert.True(await IsOnlineAsync(app, "eve"));
    }

    private static async Task<bool?> IsOnlineAsync(CarillonApp app, string subscriberId = "ann") =>
        (await SubscriberAsync(app, subscriberId)).TryGetProperty("isOnline", out var online) ? online.GetBoolean() : null;

    private static async Task<JsonElement> SubscriberAsync(CarillonApp app, string subscriberId = "ann") =>
        await (await app.Api.GetAsync($"/v1/subscribers/{subscriberId}")).DataAsync();
}
