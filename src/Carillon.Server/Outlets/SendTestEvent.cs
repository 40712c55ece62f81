using Carillon.Data;
using Carillon.Data.Hints;
using Carillon.Data.Outgoing;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Outlets;

/// <summary>Sends an event that means nothing, whatever types the endpoint wants; what became of it is in the log.</summary>
internal static class SendTestEvent
{
    public static async Task<Results<Answer<DeliveryView>, Problem>> Handle(
        MongoId endpointId, CarillonDb db, Ids ids, IHints hints, TimeProvider clock, CancellationToken ct)
    {
        if (await db.EventEndpoints.AsNoTracking().SingleOrDefaultAsync(one => one.Id == endpointId.Text, ct) is not { } endpoint)
            return GetEndpoint.Unknown(endpointId);
        if (!endpoint.Enabled) return Problem.BadRequest("The endpoint is switched off");

        IReadOnlyList<Outlet> outlet = [new(endpoint.Id, [])];
        var id = ids.New();
        var e = outlet.Tell(endpoint.EnvironmentId, EventTypes.Test, new { endpointId = endpoint.Id }, clock.GetUtcNow(), _ => id).Single();
        db.Add(e);
        await db.SaveChangesAsync(ct);
        hints.TellOutgoingDue();
        return Answer.Of(DeliveryView.Of(e));
    }
}
