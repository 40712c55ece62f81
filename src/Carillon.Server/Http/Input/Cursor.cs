using System.Diagnostics.CodeAnalysis;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Http.Input;

/// <summary>Where a list goes on: after or before one of its items, in the order in which they were made.</summary>
internal sealed record Cursor(string? After, string? Before, int Limit, bool Ascending, bool Inclusive)
{
    public static Cursor Read(Fields fields)
    {
        var limit = fields.Limit(@default: 10, max: 100);
        fields["orderBy"].Optional().OneOf("_id", "createdAt");
        return new(
            fields.OptionalMongoId("after")?.ToLowerInvariant(),
            fields.OptionalMongoId("before")?.ToLowerInvariant(),
            limit,
            fields["orderDirection"].Optional().OneOf("ASC", "DESC").TextOrNull == "ASC",
            fields.OptionalBool("includeCursor") ?? false);
    }

    /// <summary>The ids of one page, and those by which one asks for the pages beside it.</summary>
    public async Task<Found> FindAsync(IQueryable<string> ids, CancellationToken ct)
    {
        // Who looks back reads the list the other way round, from its edge.
        var isBack = After is null && Before is not null;
        var ascending = Ascending != isBack;
        var found = await Sorted(Beyond(ids, After ?? Before, ascending), ascending).Take(Limit + 1).ToListAsync(ct);
        List<string> page = [.. found.Take(Limit)];
        if (isBack) page.Reverse();

        var isMore = found.Count > Limit;
        return new(
            page,
            Next: page.Count > 0 && (isBack || isMore) ? page[^1] : null,
            Previous: page.Count > 0 && (isBack ? isMore : After is not null) ? page[0] : null);
    }

    [SuppressMessage("Globalization", "CA1309", Justification = "It becomes SQL, which compares ids as they are sorted.")]
    private IQueryable<string> Beyond(IQueryable<string> ids, string? edge, bool ascending) => (edge, ascending, Inclusive) switch
    {
        (null, _, _) => ids,
        (_, true, true) => ids.Where(id => string.Compare(id, edge) >= 0),
        (_, true, false) => ids.Where(id => string.Compare(id, edge) > 0),
        (_, false, true) => ids.Where(id => string.Compare(id, edge) <= 0),
        (_, false, false) => ids.Where(id => string.Compare(id, edge) < 0),
    };

    private static IQueryable<string> Sorted(IQueryable<string> ids, bool ascending) => ascending ? ids.Order() : ids.OrderDescending();

    internal sealed record Found(IReadOnlyList<string> Ids, string? Next, string? Previous)
    {
        /// <summary>Shows the rows, which the database gave in any order, in that of the page.</summary>
        public Unwrapped<CursorPage<T>> Show<T>(IEnumerable<T> rows, Func<T, string> id)
        {
            var byId = rows.ToDictionary(id);
            return new(new([.. Ids.Where(byId.ContainsKey).Select(one => byId[one])], Next, Previous));
        }
    }
}
