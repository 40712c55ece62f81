using Carillon.Contract.Hints;
using Carillon.Driving;

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
        Assert.Equal(Elsewhere, await nodes.TryAsync("bob", "elsewhere"));
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
        private readonly ThrowAwayStore _store = new(StoreKind.Postgres);
        private readonly ServerProcess[] _servers;
        private readonly RoundRobin _front;
        private readonly Client _client;
        private string _workflow = "";
        private string _application = "";

        private Nodes(IReadOnlyDictionary<string, string> settings)
        {
            _servers = [.. Enumerable.Range(0, 3).Select(_ => new ServerProcess(_store.ConnectionString, settings))];
            _front = new([.. _servers.Select(server => server.Address)]);
            _client = new(_front.Address);
        }

        public static async Task<Nodes> StartAsync(params (string Name, string Value)[] settings)
        {
            var nodes = new Nodes(settings.ToDictionary(setting => setting.Name, setting => setting.Value));
            await Task.WhenAll(nodes._servers.Select(server => server.StartAsync()));
            await nodes.PrepareAsync();
            return nodes;
        }

        /// <summary>Each attempt is somebody of their own, whose first message it hears.</summary>
        public async Task<IEnumerable<string>> TryAsync(string subscriberId, string attempt, string? token = null)
        {
            token ??= (await _client.PostAsync("/v1/inbox/session", new { subscriberId, applicationIdentifier = _application })).GetProperty("token").GetString()!;
            var outcome = await NodeClient.RunAsync(
                "listen.mjs", _front.Address.ToString().TrimEnd('/'), _client.ApiKey, _workflow, subscriberId, token, attempt);
            return outcome.GetProperty("heard").EnumerateArray().Select(entry => entry.GetString()!);
        }

        public string ExpiredToken() => Expired.Token(_client.EnvironmentId);

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _front.DisposeAsync();
            foreach (var server in _servers) await server.DisposeAsync();
            await _store.DisposeAsync();
        }

        private async Task PrepareAsync()
        {
            await _client.SignUpAsync();
            _workflow = await _client.CreateWorkflowAsync("Greet", new { type = "in_app", content = "Hello {{name}}" });
            _application = (await _client.GetAsync("/v1/environments/me")).GetProperty("identifier").GetString()!;
        }
    }
}
