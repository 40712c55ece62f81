using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Tenants;

internal static class ListTenants
{
    public sealed record Request(int Page, int Limit) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.Page(), fields.Limit(@default: 10, max: 100));
    }

    /// <summary>A full page says that there is more, also when it is the last: clients ask on until one is not full.</summary>
    public static async Task<Page<TenantView>> Handle(Query<Request> query, CarillonDb db, CancellationToken ct)
    {
        var (page, limit) = query.Value;
        var tenants = await db.Tenants.AsNoTracking()
            .OrderByDescending(tenant => tenant.CreatedAt).ThenByDescending(tenant => tenant.Id)
            .Skip(page * limit).Take(limit)
            .ToListAsync(ct);
        return new(page, limit, [.. tenants.Select(TenantView.InList)], HasMore: tenants.Count == limit);
    }
}
