using Microsoft.EntityFrameworkCore;

namespace Carillon.Data.Outgoing;

public static class EndpointChange
{
    extension(CarillonDb db)
    {
        /// <summary>
        /// Begins a change of an environment's endpoints that no other runs beside, and that <see cref="EndEndpointsAsync"/> ends: the
        /// environment's row then says again who listens.
        /// </summary>
        public Task HoldEndpointsAsync(string environmentId, CancellationToken ct) => db.Environments.Where(one => one.Id == environmentId)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Name, one => one.Name), ct);

        public async Task EndEndpointsAsync(string environmentId, CancellationToken ct)
        {
            var outlets = await db.EventEndpoints.AsNoTracking().Where(endpoint => endpoint.Enabled)
                .OrderBy(endpoint => endpoint.Id)
                .Select(endpoint => new Outlet(endpoint.Id, endpoint.Types))
                .ToListAsync(ct);
            IReadOnlyList<Outlet> all = outlets;
            await db.Environments.Where(one => one.Id == environmentId)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.Outlets, all), ct);
        }
    }
}
