using Carillon.Data;
using Carillon.Data.Environments;
using Carillon.Engine;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Realtime.SocketIo;

/// <summary>A subscriber at the door, and whom their environment opens to.</summary>
internal sealed record Guest(string Id, string EnvironmentId, string OrganizationId, EnvironmentSettings Settings);

/// <summary>Knows who comes. Those who come at the same time are looked up together: after a restart thousands come back within seconds.</summary>
internal sealed class Guests
{
    private readonly Database _database;
    private readonly SharedLooks<string, Guest> _looks;

    // Of every environment: their tokens have said already which is theirs. Compiled once, because finding out what to ask takes longer than asking.
    private readonly Func<CarillonDb, string[], IAsyncEnumerable<Guest>> _find = EF.CompileAsyncQuery((CarillonDb db, string[] ids) =>
        from subscriber in db.Subscribers.IgnoreQueryFilters(new[] { CarillonDb.EnvironmentFilter })
        join environment in db.Environments on subscriber.EnvironmentId equals environment.Id
        where ids.Contains(subscriber.Id)
        select new Guest(subscriber.Id, subscriber.EnvironmentId, subscriber.OrganizationId, environment.Settings));

    public Guests(Database database) => (_database, _looks) = (database, new(LookAsync));

    /// <summary>Null when there is nobody of that name any more.</summary>
    public async Task<Guest?> FindAsync(string environmentId, string subscriberId)
    {
        var guests = await _looks.FindAsync(subscriberId);
        return guests.GetValueOrDefault(subscriberId) is { } guest && guest.EnvironmentId == environmentId ? guest : null;
    }

    private async Task<IReadOnlyDictionary<string, Guest>> LookAsync(IReadOnlyCollection<string> ids)
    {
        await using var db = _database.Open(new CurrentEnvironment());
        var found = new Dictionary<string, Guest>();
        await foreach (var guest in _find(db, [.. ids])) found[guest.Id] = guest;
        return found;
    }
}
