using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers;

internal static class ListSubscribers
{
    public sealed record Request(int Page, int Limit) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.Page(), fields.Limit(@default: 10, max: 100));
    }

    public static async Task<Page<SubscriberView>> Handle(Query<Request> query, CarillonDb db, SecretBox box, CancellationToken ct)
    {
        var (page, limit) = query.Value;

        // Their ids first, which the index alone has: a late page passes over many rows, and should not read them.
        var ids = await db.Subscribers.OrderBy(subscriber => subscriber.Id).Skip(page * limit).Take(limit).Select(subscriber => subscriber.Id).ToListAsync(ct);
        var subscribers = await db.Subscribers.AsNoTracking()
            .Where(subscriber => ids.Contains(subscriber.Id))
            .OrderBy(subscriber => subscriber.Id)
            .ToListAsync(ct);

        return new(page, limit, await SubscriberView.ListAsync(subscribers, db, box, ct), HasMore: subscribers.Count == limit);
    }
}
