using Carillon.Contract.Hints;
using Carillon.Driving;

namespace Carillon.Contract.Clients;

/// <summary>Several nodes on one PostgreSQL: who listens at one hears of what happens at another.</summary>
public sealed class NodesTests
{
    private static readonly string[] Expected = ["connect", "received Hello one", "unseen 1", "unread 1", "unread 0", "disconnect io client disconnect"];

    [Fact]
    public async Task A_socket_hears_of_what_another_node_did_over_their_database()
    {
        await using var nodes = await Nodes.StartAsync();

        Assert.Equal(Expected, await nodes.HearAsync("ann"));
    }

    [Fact]
    public async Task A_socket_hears_of_what_another_node_did_over_redis_and_after_redis_was_killed()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var nodes = await Nodes.StartAsync(("ConnectionStrings__Redis", redis.Configuration));

        Assert.Equal(Expected, await nodes.HearAsync("ann"));
        await redis.KillAsync();
        var without = nodes.HearAsync("eve");
        await redis.StartAsync();
        Assert.Contains("unread 0", await without);
        Assert.Equal(Expected, await nodes.HearAsync("bob"));
    }

    private sealed class Nodes(ThrowAwayStore store, ServerProcess first, ServerProcess second) : IAsyncDisposable
    {
        private readonly Client _client = new(first.Address);
        private string _workflow = "";
        private string _application = "";

        public static async Task<Nodes> StartAsync(params (string Name, string Value)[] settings)
        {
            var store = new ThrowAwayStore(StoreKind.Postgres);
            var all = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
            var nodes = new Nodes(store, new(store.ConnectionString, all), new(store.ConnectionString, all));
            await nodes.PrepareAsync();
            return nodes;
        }

        public async Task<IEnumerable<string>> HearAsync(string subscriberId)
        {
            var session = await _client.PostAsync("/v1/inbox/session", new { subscriberId, applicationIdentifier = _application });
            var outcome = await NodeClient.RunAsync(
                "listen.mjs", Text(first), _client.ApiKey, _workflow, subscriberId, session.GetProperty("token").GetString()!, "elsewhere", Text(second));
            return outcome.GetProperty("heard").EnumerateArray().Select(entry => entry.GetString()!);
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await first.DisposeAsync();
            await second.DisposeAsync();
            await store.DisposeAsync();
        }

        private async Task PrepareAsync()
        {
            await first.StartAsync();
            await second.StartAsync();
            await _client.SignUpAsync();
            _workflow = await _client.CreateWorkflowAsync("Greet", new { type = "in_app", content = "Hello {{name}}" });
            _application = (await _client.GetAsync("/v1/environments/me")).GetProperty("identifier").GetString()!;
        }

        private static string Text(ServerProcess server) => server.Address.ToString().TrimEnd('/');
    }
}
