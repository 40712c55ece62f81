using Carillon.Data;
using Carillon.Data.Outgoing;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Outlets;

/// <summary>The log of an endpoint, for as long as retention keeps it.</summary>
internal static class ListDeliveries
{
    private const int DefaultLimit = 20;
    private const int MostLimit = 100;

    public sealed record Request(int Page, int Limit, OutgoingStatus? Status) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var status = fields["status"].Optional();
            return new(
                fields.Page(),
                fields.Limit(DefaultLimit, MostLimit),
                status.IsNothing ? null : Enum.Parse<OutgoingStatus>(status.OneOf("pending", "delivered", "failed") is { TextOrNull: "pending" or "delivered" or "failed" } known ? known.Text : "pending", ignoreCase: true));
        }
    }

    public static async Task<Results<Page<DeliveryView>, Problem>> Handle(MongoId endpointId, Query<Request> query, CarillonDb db, CancellationToken ct)
    {
        if (!await db.EventEndpoints.AnyAsync(one => one.Id == endpointId.Text, ct)) return GetEndpoint.Unknown(endpointId);

        var (page, limit, status) = query.Value;
        var found = await db.OutgoingEvents.AsNoTracking()
            .Where(e => e.EndpointId == endpointId.Text && (status == null || e.Status == status))
            .OrderByDescending(e => e.Id)
            .Skip(page * limit).Take(limit + 1)
            .ToListAsync(ct);
        return new Page<DeliveryView>(page, limit, [.. found.Take(limit).Select(DeliveryView.Of)], HasMore: found.Count > limit);
    }
}
