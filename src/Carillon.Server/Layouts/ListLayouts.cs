using Carillon.Data;
using Carillon.Data.Layouts;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Layouts;

internal static class ListLayouts
{
    private const int LargestPage = 1000;

    public sealed record Request(int Page, int PageSize, string? SortBy, bool Ascending) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var (page, size) = (fields["page"], fields["pageSize"]);
            if (!page.IsAbsent) page.Min(0).Integer().NotGreater(Fields.LastPage);
            if (!size.IsAbsent) size.Min(0).Integer().Must(size.Number != 0, "pageSize must not be less than 1");
            return new(
                (int)(page.NumberOrNull ?? 0),
                (int)Math.Min(size.NumberOrNull ?? 10, LargestPage + 1),
                fields.OptionalString("sortBy"),
                fields["orderBy"].NumberOrNull == 1);
        }
    }

    public static async Task<Results<Page<LayoutView>, Problem>> Handle(Query<Request> query, CarillonDb db, CancellationToken ct)
    {
        var wanted = query.Value;
        if (wanted.PageSize > LargestPage) return Problem.BadRequest($"Page size can not be larger then {LargestPage}");

        var total = await db.Layouts.CountAsync(ct);
        var layouts = await Sorted(db.Layouts.AsNoTracking(), wanted)
            .Skip(wanted.Page * wanted.PageSize).Take(wanted.PageSize)
            .ToListAsync(ct);
        return new Page<LayoutView>(wanted.Page, wanted.PageSize, [.. layouts.Select(LayoutView.InList)], TotalCount: total);
    }

    // A direction without a field says nothing, and a field that nothing can be sorted by is as good as none.
    private static IQueryable<Layout> Sorted(IQueryable<Layout> layouts, Request wanted) => (wanted.SortBy, wanted.Ascending) switch
    {
        ("name", true) => layouts.OrderBy(layout => layout.Name).ThenBy(layout => layout.CreatedAt).ThenBy(layout => layout.Id),
        ("name", false) => layouts.OrderByDescending(layout => layout.Name).ThenBy(layout => layout.CreatedAt).ThenBy(layout => layout.Id),
        ("identifier", true) => layouts.OrderBy(layout => layout.Identifier),
        ("identifier", false) => layouts.OrderByDescending(layout => layout.Identifier),
        ("updatedAt", true) => layouts.OrderBy(layout => layout.UpdatedAt).ThenBy(layout => layout.Id),
        ("updatedAt", false) => layouts.OrderByDescending(layout => layout.UpdatedAt).ThenByDescending(layout => layout.Id),
        ("createdAt" or "_id", true) => layouts.OrderBy(layout => layout.CreatedAt).ThenBy(layout => layout.Id),
        _ => layouts.OrderByDescending(layout => layout.CreatedAt).ThenByDescending(layout => layout.Id),
    };
}
