using System.Text.Json;
using Carillon.Data;
using Carillon.Server.Changes.Promotion;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes;

/// <summary>Publishes several changes, the oldest first, each by itself: what was published before one fails stays so.</summary>
internal static class ApplyChanges
{
    public sealed record Request(IReadOnlyList<string> ChangeIds) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var ids = fields["changeIds"].EachString();
            if (ids.IsListOfTexts) ids.EachMongoId();
            return new(ids.Must(ids.Json.ValueKind is not JsonValueKind.String, "changeIds must be an array").Texts);
        }
    }

    public static async Task<Results<Answer<IReadOnlyList<IReadOnlyList<ChangeView>>>, Problem>> Handle(
        Body<Request> body, CarillonDb db, Publishing publishing, CancellationToken ct)
    {
        var wanted = body.Value.ChangeIds.Select(id => id.ToLowerInvariant()).ToList();
        var ids = await db.Changes.Where(change => wanted.Contains(change.Id))
            .OrderBy(change => change.CreatedAt).ThenBy(change => change.Id)
            .Select(change => change.Id)
            .ToListAsync(ct);

        List<IReadOnlyList<ChangeView>> before = [];
        foreach (var id in ids)
        {
            var published = await publishing.ApplyAsync(id, ct);
            if (published.Problem is { } problem) return problem;

            before.Add(published.Before);
        }

        return Answer.Of<IReadOnlyList<IReadOnlyList<ChangeView>>>(before);
    }
}
