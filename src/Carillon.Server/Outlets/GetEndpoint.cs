using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Outlets;

internal static class GetEndpoint
{
    public static async Task<Results<Answer<EndpointView>, Problem>> Handle(MongoId endpointId, CarillonDb db, CancellationToken ct) =>
        await db.EventEndpoints.AsNoTracking().SingleOrDefaultAsync(one => one.Id == endpointId.Text, ct) is { } endpoint
            ? Answer.Of(EndpointView.Of(endpoint))
            : Unknown(endpointId);

    public static Problem Unknown(MongoId endpointId) => Problem.NotFound($"Endpoint with id {endpointId} was not found");
}
