using Carillon.Data;
using Carillon.Data.Hints;
using Carillon.Data.Outgoing;
using Carillon.Data.Subscribers;
using Carillon.Engine.Outgoing;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Http.Recording;

/// <summary>
/// Tells an environment's endpoints what a request does: rows that are saved together with it. Where nobody listens it reads one row
/// and writes none.
/// </summary>
internal sealed class Outbox(CarillonDb db, CurrentEnvironment environment, Ids ids, IHints hints, TimeProvider clock)
{
    private readonly Dictionary<string, IReadOnlyList<Outlet>> _outlets = [];
    private bool _tells;

    public async Task<bool> WantsAsync(string type, CancellationToken ct) => (await OutletsAsync(environment.Id, ct)).Want(type);

    /// <summary>Saving is the caller's to do.</summary>
    public Task TellAsync(string type, Func<object> data, CancellationToken ct) => TellAsync(environment.Id, type, data, ct);

    /// <summary>For what happens in another environment than the request's own, such as the one that is published to.</summary>
    public async Task TellAsync(string environmentId, string type, Func<object> data, CancellationToken ct)
    {
        var outlets = await OutletsAsync(environmentId, ct);
        if (outlets.Want(type)) Add(outlets.Tell(environmentId, type, data(), clock.GetUtcNow(), Id()));
    }

    /// <summary>Of those among them that are new or really change.</summary>
    public async Task TellChangesAsync(IEnumerable<Subscriber> subscribers, CancellationToken ct)
    {
        var changed = subscribers.Distinct().Where(subscriber => db.Entry(subscriber).State is EntityState.Added or EntityState.Modified).ToList();
        if (changed.Count == 0) return;

        var outlets = await OutletsAsync(environment.Id, ct);
        Add(changed.SelectMany(subscriber => SubscriberNews.Of(subscriber, outlets, clock.GetUtcNow(), ids)));
    }

    /// <summary>The rows themselves, for those who write them in another way.</summary>
    public async Task<IReadOnlyList<OutgoingEvent>> MakeAsync(string type, Func<object> data, CancellationToken ct)
    {
        var outlets = await OutletsAsync(environment.Id, ct);
        return outlets.Want(type) ? [.. outlets.Tell(environment.Id, type, data(), clock.GetUtcNow(), Id())] : [];
    }

    // The first place asks twice: for its row, and for the name that all rows share.
    private Func<int, string> Id()
    {
        var first = ids.New();
        return place => place == 0 ? first : ids.New();
    }

    private void Add(IEnumerable<OutgoingEvent> events)
    {
        db.AddRange(events);
        if (_tells) return;

        _tells = true;
        db.Committed += hints.TellOutgoingDue;
    }

    private async Task<IReadOnlyList<Outlet>> OutletsAsync(string environmentId, CancellationToken ct) =>
        _outlets.TryGetValue(environmentId, out var known)
            ? known
            : _outlets[environmentId] = await db.Environments.Where(one => one.Id == environmentId).Select(one => one.Outlets).SingleAsync(ct);
}
