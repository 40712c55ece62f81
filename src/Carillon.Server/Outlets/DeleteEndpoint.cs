using Carillon.Data;
using Carillon.Data.Outgoing;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Outlets;

internal static class DeleteEndpoint
{
    public static async Task<Results<NoContent, Problem>> Handle(
        MongoId endpointId, CarillonDb db, CurrentEnvironment environment, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        await db.HoldEndpointsAsync(environment.Id, ct);
        if (await db.EventEndpoints.Where(one => one.Id == endpointId.Text).ExecuteDeleteAsync(ct) == 0) return GetEndpoint.Unknown(endpointId);

        await db.OutgoingEvents.Where(e => e.EndpointId == endpointId.Text).ExecuteDeleteAsync(ct);
        await db.EndEndpointsAsync(environment.Id, ct);
        await change.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
