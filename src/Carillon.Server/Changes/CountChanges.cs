using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes;

internal static class CountChanges
{
    public static async Task<Answer<int>> Handle(CarillonDb db, CancellationToken ct) =>
        Answer.Of(await db.Changes.CountAsync(change => !change.Enabled && change.ParentId == null, ct));
}
