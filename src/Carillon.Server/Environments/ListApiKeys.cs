using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Environments;

internal static class ListApiKeys
{
    public static async Task<Answer<IReadOnlyList<ApiKeyView>>> Handle(CarillonDb db, SecretBox box, CancellationToken ct)
    {
        var keys = await db.ApiKeys.AsNoTracking().OrderByDescending(key => key.CreatedAt).ThenByDescending(key => key.Id).ToListAsync(ct);
        return Answer.Of<IReadOnlyList<ApiKeyView>>([.. keys.Select(key => ApiKeyView.Of(key, box))]);
    }
}
