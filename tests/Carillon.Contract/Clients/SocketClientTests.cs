using System.Text.Json;
using Carillon.Driving;

namespace Carillon.Contract.Clients;

/// <summary>The official socket client against a server over real connections.</summary>
public sealed class SocketClientTests(SocketClientTests.Running running) : IClassFixture<SocketClientTests.Running>
{
    private static readonly string[] One = ["received Hello one", "unseen 1", "unread 1"];

    [Theory]
    [InlineData("websocket", "websocket", "connect")]
    [InlineData("polling", "polling", "connect")]
    [InlineData("query", "websocket", "connect")]
    [InlineData("upgrade", "websocket", "connect")]
    [InlineData("reconnect", "websocket", "connect", "disconnect forced close", "connect")]
    public async Task It_connects_and_hears(string attempt, string transport, params string[] before)
    {
        var outcome = await running.TryAsync(attempt, attempt);

        Assert.Equal([.. before, .. One, "disconnect io client disconnect"], Heard(outcome));
        Assert.Equal(transport, outcome.GetProperty("transport").GetString());
    }

    [Fact]
    public async Task Ten_tabs_hear_the_same() => Assert.Equal(
        Enumerable.Repeat($"connect, {string.Join(", ", One)}, disconnect io client disconnect", 10),
        Heard(await running.TryAsync("tabs", "tabs")));

    [Theory, InlineData("wrong"), InlineData("expired")]
    public async Task A_token_that_is_not_valid_is_shown_out(string kind)
    {
        var token = kind == "wrong" ? "not.a.jwt" : running.ExpiredToken();

        var outcome = await running.TryAsync(kind, "refused", token);

        Assert.Equal(["connect", "disconnect io server disconnect"], Heard(outcome));
    }

    private static IEnumerable<string> Heard(JsonElement outcome) => outcome.GetProperty("heard").EnumerateArray().Select(entry => entry.GetString()!);

    public sealed class Running : IAsyncLifetime
    {
        private readonly ThrowAwayStore _store = new(StoreKind.Sqlite);
        private ServerProcess _server = null!;
        private Client _client = null!;
        private string _workflow = "";
        private string _application = "";

        public async ValueTask InitializeAsync()
        {
            _server = new(_store.ConnectionString, new Dictionary<string, string>());
            await _server.StartAsync();
            _client = new(_server.Address);
            await _client.SignUpAsync();
            _workflow = await _client.CreateWorkflowAsync("Greet", new { type = "in_app", content = "Hello {{name}}" });
            _application = (await _client.GetAsync("/v1/environments/me")).GetProperty("identifier").GetString()!;
        }

        /// <summary>Each attempt is somebody of their own, whose first message it hears.</summary>
        internal async Task<JsonElement> TryAsync(string subscriberId, string attempt, string? token = null)
        {
            token ??= (await _client.PostAsync("/v1/inbox/session", new { subscriberId, applicationIdentifier = _application })).GetProperty("token").GetString()!;
            return await NodeClient.RunAsync(
                "listen.mjs", _server.Address.ToString().TrimEnd('/'), _client.ApiKey, _workflow, subscriberId, token, attempt);
        }

        internal string ExpiredToken() => Expired.Token(_client.EnvironmentId);

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _server.DisposeAsync();
            await _store.DisposeAsync();
        }
    }
}
