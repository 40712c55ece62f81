using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes;

/// <summary>What waits to be published, or has been, newest first. What is applied with another change is not listed by itself.</summary>
internal static class ListChanges
{
    public sealed record Request(bool Promoted, int Page, int Limit) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            fields.RequiredString("promoted") == "true", fields.Page(), fields.Limit(@default: 10, max: 100));
    }

    public static async Task<Page<ChangeView>> Handle(Query<Request> query, CarillonDb db, ChangeViews views, CancellationToken ct)
    {
        var (promoted, page, limit) = query.Value;
        var wanted = db.Changes.AsNoTracking().Where(change => change.Enabled == promoted && change.ParentId == null);
        var total = await wanted.CountAsync(ct);
        var changes = await wanted
            .OrderByDescending(change => change.CreatedAt).ThenByDescending(change => change.Id)
            .Skip(page * limit).Take(limit)
            .ToListAsync(ct);
        return new(page, limit, await views.ListOfAsync(changes, ct), TotalCount: total);
    }
}
