using Carillon.Data;
using Carillon.Data.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Realtime.Inboxes;

/// <summary>The rows behind presence, and whether a subscriber is online, which follows from them.</summary>
internal sealed class PresenceRows(Database database, Ids ids)
{
    public static readonly TimeSpan Believed = TimeSpan.FromSeconds(45);

    private readonly string _node = ids.New();

    /// <summary>Says that this process lives; false when nobody knew of it.</summary>
    public async Task<bool> LiveAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = database.Open(new CurrentEnvironment());
        var until = now + Believed;
        if (await db.SocketNodes.Where(node => node.Id == _node).ExecuteUpdateAsync(row => row.SetProperty(node => node.AliveUntil, until), ct) > 0)
            return true;

        db.Add(new SocketNode { Id = _node, AliveUntil = until });
        await db.SaveChangesAsync(ct);
        return false;
    }

    public async Task AddAsync(IReadOnlyList<Visitor> visitors, DateTimeOffset now, CancellationToken ct)
    {
        if (visitors.Count == 0) return;

        await LiveAsync(now, ct);
        foreach (var group in visitors.GroupBy(visitor => visitor.EnvironmentId))
        {
            await using var db = database.Open(group.Key);
            var subscribers = group.Select(visitor => visitor.SubscriberId).ToList();

            // A write that failed may have been done all the same.
            await Of(db, _node, subscribers).ExecuteDeleteAsync(ct);
            db.AddRange(subscribers.Select(id => new SubscriberPresence { SubscriberId = id, NodeId = _node, EnvironmentId = group.Key }));
            await db.SaveChangesAsync(ct);
            await db.Subscribers.Where(subscriber => subscribers.Contains(subscriber.Id))
                .ExecuteUpdateAsync(row => row.SetProperty(subscriber => subscriber.IsOnline, true), ct);
        }
    }

    public async Task RemoveAsync(IReadOnlyList<Visitor> visitors, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var group in visitors.GroupBy(visitor => visitor.EnvironmentId))
        {
            await using var db = database.Open(group.Key);
            await RemoveAsync(db, _node, [.. group.Select(visitor => visitor.SubscriberId)], now, ct);
        }
    }

    /// <summary>Takes those back who were at nodes that are dead.</summary>
    public async Task BuryAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var nodes = database.Open(new CurrentEnvironment());
        foreach (var node in await nodes.SocketNodes.AsNoTracking().Where(node => node.AliveUntil < now && node.Id != _node).ToListAsync(ct))
        {
            var left = await nodes.SubscriberPresences.IgnoreQueryFilters([CarillonDb.EnvironmentFilter]).AsNoTracking()
                .Where(presence => presence.NodeId == node.Id).ToListAsync(ct);
            foreach (var group in left.GroupBy(presence => presence.EnvironmentId))
            {
                await using var db = database.Open(group.Key);
                await RemoveAsync(db, node.Id, [.. group.Select(presence => presence.SubscriberId)], node.AliveUntil, ct);
            }

            await nodes.SocketNodes.Where(dead => dead.Id == node.Id).ExecuteDeleteAsync(ct);
        }
    }

    // Whoever still has a socket elsewhere stays online.
    private static async Task RemoveAsync(
        CarillonDb db, string node, IReadOnlyList<string> subscribers, DateTimeOffset when, CancellationToken ct)
    {
        await Of(db, node, subscribers).ExecuteDeleteAsync(ct);
        await db.Subscribers
            .Where(subscriber => subscribers.Contains(subscriber.Id)
                && !db.SubscriberPresences.Any(presence => presence.SubscriberId == subscriber.Id))
            .ExecuteUpdateAsync(
                row => row.SetProperty(subscriber => subscriber.IsOnline, false).SetProperty(subscriber => subscriber.LastOnlineAt, when), ct);
    }

    private static IQueryable<SubscriberPresence> Of(CarillonDb db, string node, IReadOnlyList<string> subscribers) =>
        db.SubscriberPresences.Where(presence => presence.NodeId == node && subscribers.Contains(presence.SubscriberId));
}
