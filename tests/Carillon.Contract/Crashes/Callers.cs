using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Carillon.Driving;

namespace Carillon.Contract.Crashes;

/// <summary>
/// Applications that trigger one event after another at whichever node answers, and repeat a call until they are told that it is kept.
/// </summary>
internal sealed class Callers : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly IReadOnlyList<Client> _doors;
    private readonly string _workflow;
    private readonly ConcurrentDictionary<string, byte> _kept = new();
    private readonly ConcurrentDictionary<HttpStatusCode, int> _refusals = new();
    private readonly CancellationTokenSource _enough = new();
    private readonly Task _calling;

    public Callers(int count, Client owner, IEnumerable<ServerProcess> nodes, string workflow)
    {
        (_doors, _workflow) = ([.. nodes.Select(node => new Client(node.Address, owner.ApiKey))], workflow);
        _calling = Task.WhenAll(Enumerable.Range(0, count).Select(CallAsync));
    }

    public IReadOnlyCollection<string> Kept => [.. _kept.Keys];

    public IReadOnlyDictionary<HttpStatusCode, int> Refusals => _refusals;

    /// <summary>Until so many more are kept.</summary>
    public async Task MoreAsync(int count)
    {
        var target = _kept.Count + count;
        await Wait.UntilAsync(() => Task.FromResult(_kept.Count >= target), TimeSpan.FromMinutes(1));
    }

    /// <summary>Until somebody is refused once more.</summary>
    public async Task RefusedAsync()
    {
        var before = _refusals.Values.Sum();
        await Wait.UntilAsync(() => Task.FromResult(_refusals.Values.Sum() > before), TimeSpan.FromMinutes(1));
    }

    /// <summary>No more calls; each that was begun is repeated until it is kept.</summary>
    public async Task StopAsync()
    {
        await _enough.CancelAsync();
        await _calling;
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        foreach (var door in _doors) door.Dispose();
        _enough.Dispose();
    }

    private async Task CallAsync(int caller)
    {
        using var timer = new PeriodicTimer(Pause);
        for (var number = 0; !_enough.IsCancellationRequested; number++)
        {
            var transactionId = string.Create(CultureInfo.InvariantCulture, $"{caller}-{number}");
            for (var door = caller; !await TryAsync(_doors[door % _doors.Count], transactionId); door++)
                await timer.WaitForNextTickAsync();
            await timer.WaitForNextTickAsync();
        }
    }

    private async Task<bool> TryAsync(Client door, string transactionId)
    {
        var status = await door.TryPostAsync("/v1/events/trigger", new
        {
            name = _workflow, to = new { subscriberId = $"s{transactionId}", email = $"{transactionId}@example.com" }, payload = new { }, transactionId,
        });
        if (status == HttpStatusCode.Created) return _kept.TryAdd(transactionId, 0);

        if (status is { } refusal) _refusals.AddOrUpdate(refusal, 1, (_, count) => count + 1);
        return false;
    }
}
