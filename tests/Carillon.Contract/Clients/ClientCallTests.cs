using System.Text.Json;
using Carillon.Driving;
using Carillon.Tests.Support;

namespace Carillon.Contract.Clients;

/// <summary>
/// Every method of every class of the official clients, called against a running server, and what came of it looked at. The scripts
/// find the methods by themselves, so one that nobody calls is noticed.
/// </summary>
public sealed class ClientCallTests(ClientCallTests.Servers servers) : IClassFixture<ClientCallTests.Servers>
{
    private static readonly string Scripts = Repository.Folder("tests", "Carillon.Contract", "Clients", "calls");

    [Theory]
    [InlineData(StoreKind.Sqlite, 102, "node.mjs")]
    [InlineData(StoreKind.Postgres, 102, "node.mjs")]
    [InlineData(StoreKind.Sqlite, 47, "api.mjs", "0.6.2")]
    [InlineData(StoreKind.Postgres, 47, "api.mjs", "0.6.2")]
    [InlineData(StoreKind.Sqlite, 49, "api.mjs", "1.0.0")]
    [InlineData(StoreKind.Postgres, 49, "api.mjs", "1.0.0")]
    public async Task Every_method_of_a_client_does_what_it_says(StoreKind kind, int methods, string script, params string[] arguments)
    {
        var address = await servers.AddressOfAsync(kind);

        var outcome = JsonElement.Parse(await NodeScript.RunAsync(Scripts, script, input: "", [address, .. arguments]));

        Assert.Empty(outcome.GetProperty("failures").EnumerateArray().Select(failure => failure.GetString()));
        Assert.Empty(outcome.GetProperty("missed").EnumerateArray().Select(missed => missed.GetString()));
        Assert.Equal(methods, outcome.GetProperty("known").GetInt32());
    }

    /// <summary>One server for each database, started when it is first asked for.</summary>
    public sealed class Servers : IAsyncDisposable
    {
        private readonly Dictionary<StoreKind, (ThrowAwayStore Store, ServerProcess Server)> _running = [];

        internal async Task<string> AddressOfAsync(StoreKind kind)
        {
            if (!_running.TryGetValue(kind, out var running))
            {
                var store = new ThrowAwayStore(kind);
                running = (store, new(store.ConnectionString, new Dictionary<string, string> { ["Carillon__RateLimits__Enabled"] = "false" }));
                _running.Add(kind, running);
                await running.Server.StartAsync();
            }

            return running.Server.Address.ToString().TrimEnd('/');
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var (store, server) in _running.Values)
            {
                await server.DisposeAsync();
                await store.DisposeAsync();
            }
        }
    }
}
