using Carillon.Driving;

namespace Carillon.Contract.Clients;

/// <summary>A server on a store of its own, or several on one store behind a proxy that sends each connection to the next of them.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly ThrowAwayStore _store;
    private readonly ServerProcess[] _servers;
    private readonly RoundRobin? _front;

    private Site(StoreKind store, int nodes, IReadOnlyDictionary<string, string> settings)
    {
        _store = new(store);
        _servers = [.. Enumerable.Range(0, nodes).Select(_ => new ServerProcess(_store.ConnectionString, settings))];
        _front = nodes == 1 ? null : new([.. _servers.Select(server => server.Address)]);
        Client = new(new(Address));
    }

    /// <summary>Without a slash at its end, as clients are told it.</summary>
    public string Address => (_front?.Address ?? _servers[0].Address).ToString().TrimEnd('/');

    /// <summary>Somebody who has signed up.</summary>
    public Client Client { get; }

    public static Task<Site> OneAsync(params (string Name, string Value)[] settings) => StartAsync(new(StoreKind.Sqlite, 1, Named(settings)));

    public static Task<Site> ThreeAsync(params (string Name, string Value)[] settings) => StartAsync(new(StoreKind.Postgres, 3, Named(settings)));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_front is not null) await _front.DisposeAsync();
        foreach (var server in _servers) await server.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static async Task<Site> StartAsync(Site site)
    {
        await Task.WhenAll(site._servers.Select(server => server.StartAsync()));
        await site.Client.SignUpAsync();
        return site;
    }

    private static Dictionary<string, string> Named((string Name, string Value)[] settings) => settings.ToDictionary(setting => setting.Name, setting => setting.Value);
}
