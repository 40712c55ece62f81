using System.Collections.Concurrent;
using Carillon.Data;
using Carillon.Data.Environments;
using Carillon.Data.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Http.Access;

/// <summary>
/// Finds whom a key belongs to. Found keys are remembered for a moment; in this process a replaced key is forgotten at once,
/// and other nodes forget it when the moment is over.
/// </summary>
internal sealed class ApiKeys(TimeProvider clock)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Remembered> _remembered = new();
    private int _forgotten;

    public async ValueTask<Identity?> FindAsync(string key, Lazy<CarillonDb> db, CancellationToken ct)
    {
        var hash = NewApiKey.HashOf(key);
        if (_remembered.TryGetValue(hash, out var known) && known.Until > clock.GetUtcNow()) return known.Identity;

        var forgotten = Volatile.Read(ref _forgotten);
        var identity = await LookUpAsync(hash, db.Value, ct);
        if (identity is not null) Remember(hash, identity, forgotten);
        return identity;
    }

    public void Forget(string environmentId)
    {
        Interlocked.Increment(ref _forgotten);
        foreach (var (hash, known) in _remembered)
        {
            if (known.Identity.EnvironmentId == environmentId) _remembered.TryRemove(hash, out _);
        }
    }

    // A key that was looked up while keys were being forgotten may be one of those.
    private void Remember(string hash, Identity identity, int forgotten)
    {
        if (_remembered.Count >= MostRemembered) _remembered.Clear();

        _remembered[hash] = new(identity, clock.GetUtcNow() + Moment);
        if (Volatile.Read(ref _forgotten) != forgotten) _remembered.TryRemove(hash, out _);
    }

    // Which environment it is, is what we are about to learn from the key; so its filter is left out.
    private static async Task<Identity?> LookUpAsync(string hash, CarillonDb db, CancellationToken ct) => await (
        from key in db.ApiKeys.IgnoreQueryFilters(new[] { CarillonDb.EnvironmentFilter })
        join environment in db.Environments on key.EnvironmentId equals environment.Id
        where key.Hash == hash
        select new Identity(Scheme.ApiKey, key.UserId, key.OrganizationId, new[] { Member.Admin })
        {
            EnvironmentId = environment.Id,
            IsDevelopment = environment.ParentId == null,
        }).SingleOrDefaultAsync(ct);

    private sealed record Remembered(Identity Identity, DateTimeOffset Until);
}
