using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.WorkflowOverrides;

internal static class ListOverrides
{
    public sealed record Request(int Page, int Limit) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.Page(), fields.Limit(@default: 10, max: 100));
    }

    /// <summary>A full page says that there is more, also when it is the last: clients ask on until one is not full.</summary>
    public static async Task<Page<OverrideView>> Handle(Query<Request> query, CarillonDb db, CancellationToken ct)
    {
        var (page, limit) = query.Value;
        var overrides = await db.WorkflowOverrides.AsNoTracking()
            .OrderByDescending(one => one.CreatedAt).ThenByDescending(one => one.Id)
            .Skip(page * limit).Take(limit)
            .ToListAsync(ct);
        return new(page, limit, [.. overrides.Select(OverrideView.Of)], HasMore: overrides.Count == limit);
    }
}
