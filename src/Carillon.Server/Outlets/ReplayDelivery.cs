using Carillon.Data;
using Carillon.Data.Hints;
using Carillon.Data.Outgoing;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Outlets;

/// <summary>Sends an event again, also one that arrived: under the same <c>webhook-id</c>, so that its receiver can tell.</summary>
internal static class ReplayDelivery
{
    public static async Task<Results<Answer<DeliveryView>, Problem>> Handle(
        MongoId endpointId, MongoId deliveryId, CarillonDb db, IHints hints, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = db.OutgoingEvents.Where(e => e.Id == deliveryId.Text && e.EndpointId == endpointId.Text);
        var changed = await rows.Where(e => e.Status != OutgoingStatus.Pending).ExecuteUpdateAsync(row => row.Again(now), ct);
        if (await rows.AsNoTracking().SingleOrDefaultAsync(ct) is not { } e)
            return Problem.NotFound($"Delivery with id {deliveryId} was not found");

        if (changed > 0) hints.TellOutgoingDue();
        return Answer.Of(DeliveryView.Of(e));
    }
}
