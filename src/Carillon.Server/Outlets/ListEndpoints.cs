using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Outlets;

internal static class ListEndpoints
{
    public static async Task<Answer<IReadOnlyList<EndpointView>>> Handle(CarillonDb db, CancellationToken ct)
    {
        var endpoints = await db.EventEndpoints.AsNoTracking().OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).ToListAsync(ct);
        return Answer.Of<IReadOnlyList<EndpointView>>([.. endpoints.Select(EndpointView.Of)]);
    }
}
