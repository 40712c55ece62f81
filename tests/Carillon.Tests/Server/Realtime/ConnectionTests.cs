using System.Net;
using System.Net.WebSockets;
using System.Text;
using Carillon.Data.Hints;
using Carillon.Server.Realtime.EngineIo;
using Carillon.Server.Realtime.Inboxes;
using Carillon.Server.Realtime.SocketIo;
using Carillon.Tests.Server.Inboxes;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Realtime;

public sealed class ConnectionTests
{
    private const string Polling = "/socket.io/?EIO=4&transport=polling";

    // As often as the server looks after all connections.
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);

    [Theory]
    [InlineData("GET", "/socket.io/?EIO=3&transport=polling", 5, "Unsupported protocol version")]
    [InlineData("GET", "/socket.io/?EIO=4&transport=zzz", 0, "Transport unknown")]
    [InlineData("GET", "/socket.io/?EIO=4&transport=polling&sid=nope", 1, "Session ID unknown")]
    [InlineData("OPTIONS", "/socket.io/?EIO=4&transport=polling", 2, "Bad handshake method")]
    [InlineData("POST", "/socket.io/?EIO=4&transport=polling", 2, "Bad handshake method")]
    [InlineData("GET", "/socket.io/?EIO=4&transport=websocket", 3, "Bad request")]
    public async Task What_cannot_be_served_is_refused_as_clients_know_it(string method, string path, int code, string message)
    {
        await using var app = await CarillonApp.StartAsync();

        var answer = await app.Anonymous.SendAsync(new HttpRequestMessage(new(method), path));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal($$"""{"code":{{code}},"message":"{{message}}"}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Polling_opens_signs_in_and_hears()
    {
        await using var app = await CarillonApp.StartAsync();
        var (token, client) = (await app.SubscriberTokenAsync("ann"), app.Anonymous);

        var opened = await client.GetAsync(Polling);
        var opening = await opened.Content.ReadAsStringAsync();
        var id = System.Text.Json.JsonElement.Parse(opening[1..]).GetProperty("sid").GetString();
        var said = await client.PostTextAsync($"{Polling}&sid={id}", $$"""40{"token":"{{token}}"}""", "text/plain");
        var joined = await client.GetStringAsync($"{Polling}&sid={id}");
        await app.SendAsync(await app.CreateWorkflowAsync("Greet"), "ann", "one");
        var heard = "";
        while (!heard.Contains("unread_count_changed", StringComparison.Ordinal))
            heard += '\u001e' + await client.GetStringAsync($"{Polling}&sid={id}");

        Assert.Equal("*", opened.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Matches("""^0\{"sid":"[0-9a-f]{20}","upgrades":\["websocket"\],"pingInterval":25000,"pingTimeout":20000,"maxPayload":100000\}$""", opening);
        Assert.Equal("ok", await said.Content.ReadAsStringAsync());
        Assert.Matches("""^40\{"sid":"[0-9a-f]{20}"\}$""", joined);
        Assert.Equal(
            ["42[\"notification_received\"", "42[\"unseen_count_changed\"", "42[\"unread_count_changed\""],
            heard.Split('\u001e', StringSplitOptions.RemoveEmptyEntries).Select(packet => packet.Split(',')[0]));
    }

    [Fact]
    public async Task Nobody_is_welcomed_before_news_can_find_them()
    {
        var hints = new DeafHints();
        await using var app = await CarillonApp.StartAsync(services: services => services.AddSingletonHints(hints));
        var (token, client) = (await app.SubscriberTokenAsync("ann"), app.Anonymous);
        var wasWelcomed = new List<bool>();
        hints.Followed += () => wasWelcomed.Add(app.Get<Connections>().All.Single().Outbox.WaitAsync().IsCompleted);

        var id = System.Text.Json.JsonElement.Parse((await client.GetStringAsync(Polling))[1..]).GetProperty("sid").GetString();
        await client.PostTextAsync($"{Polling}&sid={id}", $$"""40{"token":"{{token}}"}""", "text/plain");

        Assert.Equal([false], wasWelcomed);
        Assert.StartsWith("40{", await client.GetStringAsync($"{Polling}&sid={id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_signs_in_twice_at_once_is_in_once()
    {
        await using var app = await CarillonApp.StartAsync();
        var token = await app.SubscriberTokenAsync("ann");
        await app.Anonymous.GetStringAsync(Polling);
        var connection = app.Get<Connections>().All.Single();

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => app.Get<SocketServer>().ReceiveAsync(connection, $$"""0{"token":"{{token}}"}""")));

        Assert.True(connection.Outbox.TryTake(out var welcome));
        Assert.StartsWith("40{", Encoding.UTF8.GetString(welcome.Span), StringComparison.Ordinal);
        Assert.False(connection.Outbox.TryTake(out _));
        Assert.Equal(1, Assert.Single(app.Get<OpenInboxes>().All()).Count);
    }

    [Fact]
    public async Task Polling_moves_to_a_websocket_and_loses_nothing()
    {
        await using var app = await CarillonApp.StartAsync();
        var (token, client) = (await app.SubscriberTokenAsync("ann"), app.Anonymous);
        var id = System.Text.Json.JsonElement.Parse((await client.GetStringAsync(Polling))[1..]).GetProperty("sid").GetString();
        await client.PostTextAsync($"{Polling}&sid={id}", $$"""40{"token":"{{token}}"}""", "text/plain");
        await client.GetStringAsync($"{Polling}&sid={id}");
        var waiting = client.GetStringAsync($"{Polling}&sid={id}");

        await using var socket = await InboxSocket.OpenAsync(app, $"EIO=4&transport=websocket&sid={id}");
        await socket.SendAsync("2probe");
        Assert.Equal("3probe", await socket.NextAsync());
        Assert.Equal("6", await waiting);
        await socket.SendAsync("5");
        await app.SendAsync(await app.CreateWorkflowAsync("Greet"), "ann", "one");

        Assert.Equal("received Hello one", await socket.HeardAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync($"{Polling}&sid={id}")).StatusCode);
    }

    [Theory, InlineData(null), InlineData("null"), InlineData("not.a.jwt")]
    public async Task Who_has_no_valid_token_is_let_in_and_shown_out(string? token)
    {
        await using var app = await CarillonApp.StartAsync();
        await using var socket = await InboxSocket.OpenAsync(app);
        await socket.NextAsync();

        await socket.SendAsync(token is null ? "40" : $$"""40{"token":"{{token}}"}""");

        Assert.StartsWith("40{", await socket.NextAsync(), StringComparison.Ordinal);
        Assert.Equal("41", await socket.NextAsync());
        Assert.Null(await socket.NextAsync());
    }

    [Fact]
    public async Task A_token_may_stand_in_the_address()
    {
        await using var app = await CarillonApp.StartAsync();
        await using var socket = await InboxSocket.OpenAsync(app, $"EIO=4&transport=websocket&token={await app.SubscriberTokenAsync("ann")}");
        await socket.NextAsync();

        await socket.SendAsync("40");
        Assert.StartsWith("40{", await socket.NextAsync(), StringComparison.Ordinal);
        await app.SendAsync(await app.CreateWorkflowAsync("Greet"), "ann", "one");

        Assert.Equal("received Hello one", await socket.HeardAsync());
    }

    [Theory, InlineData("451-[\"x\",{\"_placeholder\":true,\"num\":0}]"), InlineData("nonsense"), InlineData("")]
    public async Task What_is_no_packet_of_ours_ends_the_connection(string packet)
    {
        await using var app = await CarillonApp.StartAsync();
        await using var socket = await InboxSocket.ListenAsync(app, await app.SubscriberTokenAsync("ann"));

        await socket.SendAsync(packet);
        if (packet.Length == 0) await socket.SendAsync("x");

        Assert.Null(await socket.NextAsync());
    }

    [Fact]
    public async Task Binary_and_floods_end_the_connection_and_events_of_clients_are_passed_over()
    {
        await using var app = await CarillonApp.StartAsync();
        var token = await app.SubscriberTokenAsync("ann");
        await using var binary = await InboxSocket.ListenAsync(app, token);
        await using var flood = await InboxSocket.ListenAsync(app, token);
        await using var chatty = await InboxSocket.ListenAsync(app, token);

        await binary.SendAsync([1, 2, 3], WebSocketMessageType.Binary);
        await flood.SendAsync(Encoding.ASCII.GetBytes($"42[\"x\",\"{new string('x', 200_000)}\"]"), WebSocketMessageType.Text);
        await chatty.SendAsync("42[\"anything\",{}]");
        await chatty.SendAsync("40/admin,");
        await chatty.SendAsync("2");

        Assert.Null(await binary.NextAsync());
        Assert.Null(await flood.NextAsync());
        Assert.Equal("""44/admin,{"message":"Invalid namespace"}""", await chatty.NextAsync());
        Assert.Equal("3", await chatty.NextAsync());
    }

    [Fact]
    public async Task There_are_limits_by_subscriber_and_by_address()
    {
        await using var app = await CarillonApp.StartAsync(
            settings: [("Carillon:Realtime:SocketsPerSubscriber", "2"), ("Carillon:Realtime:SocketsPerAddress", "4")]);
        var token = await app.SubscriberTokenAsync("ann");
        await using var first = await InboxSocket.ListenAsync(app, token);
        await using var second = await InboxSocket.ListenAsync(app, token);
        await using var third = await InboxSocket.OpenAsync(app);
        await third.NextAsync();

        await third.SendAsync($$"""40{"token":"{{token}}"}""");
        Assert.Equal("""44{"message":"Too many sockets of this subscriber"}""", await third.NextAsync());
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous.GetAsync(Polling)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.Anonymous.GetAsync(Polling)).StatusCode);

        await first.SendAsync("1");
        Assert.Null(await first.NextAsync());
        await third.SendAsync($$"""40{"token":"{{token}}"}""");
        Assert.StartsWith("40{", await third.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_is_too_slow_is_cut_off_and_the_others_hear_on()
    {
        await using var app = await CarillonApp.StartAsync(settings: ("Carillon:Realtime:QueuedPackets", "8"));
        var (token, client) = (await app.SubscriberTokenAsync("ann"), app.Anonymous);
        var id = System.Text.Json.JsonElement.Parse((await client.GetStringAsync($"{Polling}&token={token}"))[1..]).GetProperty("sid").GetString();
        await client.PostTextAsync($"{Polling}&sid={id}", "40", "text/plain");
        await using var quick = await InboxSocket.ListenAsync(app, token);
        var workflow = await app.CreateWorkflowAsync("Greet");

        foreach (var name in new[] { "1", "2", "3", "4" })
        {
            await app.SendAsync(workflow, "ann", name);
            Assert.Equal($"received Hello {name}", await quick.HeardAsync());
            await quick.HeardAsync();
            await quick.HeardAsync();
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync($"{Polling}&sid={id}")).StatusCode);
    }

    [Fact]
    public async Task A_websocket_that_nobody_reads_is_cut_off_and_the_others_hear_on()
    {
        await using var app = await CarillonApp.StartAsync(listening: true, settings: ("Carillon:Realtime:QueuedPackets", "8"));
        var token = await app.SubscriberTokenAsync("ann");
        await using var deaf = await InboxSocket.DialAsync(app, token);
        await using var quick = await InboxSocket.DialAsync(app, token);
        var (workflow, connections, told) = (await app.CreateWorkflowAsync("Greet"), app.Get<Connections>(), 0);

        // What the system keeps for a connection has to be full first.
        for (var name = new string('x', 200_000); connections.All.Count() == 2; told++)
        {
            Assert.True(told < 100);
            await app.SendAsync(workflow, "ann", name);
            Assert.Equal($"received Hello {name}", await quick.HeardAsync());
            await quick.HeardAsync();
            await quick.HeardAsync();
        }

        await app.SendAsync(workflow, "ann", "you");
        Assert.Equal("received Hello you", await quick.HeardAsync());
    }

    [Fact]
    public async Task Silence_is_asked_about_and_then_ended()
    {
        var clock = new RoundClock();
        await using var app = await CarillonApp.StartAsync(clock: clock);
        var token = await app.SubscriberTokenAsync("ann");
        await using var lively = await InboxSocket.ListenAsync(app, token);

        await clock.AdvanceAsync(Round, times: 100);
        Assert.Equal("2", await lively.NextAsync());
        await lively.SendAsync("3");

        // Answered only when what was sent before has been read.
        await lively.SendAsync("40/nowhere,");
        Assert.StartsWith("44/nowhere,", await lively.NextAsync(), StringComparison.Ordinal);
        await clock.AdvanceAsync(Round, times: 100);
        Assert.Equal("2", await lively.NextAsync());

        await clock.AdvanceAsync(Round, times: 79);
        clock.Advance(Round);
        Assert.True(await lively.IsEndedAsync());
    }

    [Fact]
    public async Task A_connection_ends_with_its_token()
    {
        var clock = new RoundClock();
        await using var app = await CarillonApp.StartAsync(clock: clock);
        var token = await app.SubscriberTokenAsync("ann");
        clock.Advance(TimeSpan.FromDays(15) - TimeSpan.FromSeconds(10));
        await using var socket = await InboxSocket.ListenAsync(app, token);

        // Where nobody is left, rounds are rarer.
        await using var another = await InboxSocket.OpenAsync(app);

        await clock.AdvanceAsync(Round, times: 44);

        Assert.Equal("41", await socket.NextAsync());
        Assert.Null(await socket.NextAsync());
    }
}
