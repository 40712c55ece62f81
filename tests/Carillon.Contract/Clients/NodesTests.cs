using Carillon.Contract.Hints;

namespace Carillon.Contract.Clients;

/// <summary>
/// Three nodes on one PostgreSQL behind a proxy that sends each connection to the next of them: who listens at one hears of what happens
/// at another.
/// </summary>
public sealed class NodesTests
{
    private static readonly string[] Heard = ["received Hello one", "unseen 1", "unread 1"];
    private static readonly string[] Elsewhere = ["connect", .. Heard, "unread 0", "disconnect io client disconnect"];

    [Fact]
    public async Task Nodes_tell_each_other_over_their_database()
    {
        await using var nodes = await Nodes.StartAsync();

        await ExpectEverythingAsync(nodes);
    }

    [Fact]
    public async Task Nodes_tell_each_other_over_redis_and_after_redis_was_killed()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var nodes = await Nodes.StartAsync(("ConnectionStrings__Redis", redis.Configuration));

        await ExpectEverythingAsync(nodes);
        await redis.KillAsync();
        var without = nodes.TryAsync("eve", "elsewhere");
        await redis.StartAsync();
        Assert.Contains("unread 0", await without);

        // A node that is back has all the others look again, so that counts may be told once more than there is something new.
        var heard = await nodes.TryAsync("bob", "elsewhere");
        Assert.Equal(Elsewhere[1..], heard.SkipWhile(entry => entry != Elsewhere[1]).Distinct());
    }

    private static async Task ExpectEverythingAsync(Nodes nodes)
    {
        Assert.Equal(Elsewhere, await nodes.TryAsync("elsewhere", "elsewhere"));
        foreach (var attempt in new[] { "websocket", "query" })
            Assert.Equal(["connect", .. Heard, "disconnect io client disconnect"], await nodes.TryAsync(attempt, attempt));
        Assert.Equal(["connect", "disconnect forced close", "connect", .. Heard, "disconnect io client disconnect"], await nodes.TryAsync("reconnect", "reconnect"));
        Assert.Equal(
            Enumerable.Repeat($"connect, {string.Join(", ", Heard)}, disconnect io client disconnect", 10), await nodes.TryAsync("windows", "windows"));
        foreach (var token in new[] { "not.a.jwt", nodes.ExpiredToken() })
            Assert.Equal(["connect", "disconnect io server disconnect"], await nodes.TryAsync("refused", "refused", token));
    }

    private sealed class Nodes : IAsyncDisposable
    {
        private readonly Site _site;
        private string _workflow = "";
        private string _application = "";

        private Nodes(Site site) => _site = site;

        public static async Task<Nodes> StartAsync(params (string Name, string Value)[] settings)
        {
            var nodes = new Nodes(await Site.ThreeAsync(settings));
            nodes._workflow = await nodes._site.Client.CreateWorkflowAsync("Greet", new { type = "in_app", content = "Hello {{name}}" });
            nodes._application = (await nodes._site.Client.GetAsync("/v1/environments/me")).GetProperty("identifier").GetString()!;
            return nodes;
        }

        /// <summary>Each attempt is somebody of their own, whose first message it hears.</summary>
        public async Task<IEnumerable<string>> TryAsync(string subscriberId, string attempt, string? token = null)
        {
            token ??= (await _site.Client.PostAsync("/v1/inbox/session", new { subscriberId, applicationIdentifier = _application })).GetProperty("token").GetString()!;
            var outcome = await NodeClient.RunAsync("listen.mjs", _site.Address, _site.Client.ApiKey, _workflow, subscriberId, token, attempt);
            return outcome.GetProperty("heard").EnumerateArray().Select(entry => entry.GetString()!);
        }

        public string ExpiredToken() => Expired.Token(_site.Client.EnvironmentId);

        public ValueTask DisposeAsync() => _site.DisposeAsync();
    }
}
