using Carillon.Server.Changes.Promotion;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Changes;

/// <summary>Publishes one change with all that belongs to it; answers with them as they were before.</summary>
internal static class ApplyChange
{
    public static async Task<Results<Answer<IReadOnlyList<ChangeView>>, Problem>> Handle(
        MongoId changeId, Publishing publishing, CancellationToken ct)
    {
        var published = await publishing.ApplyAsync(changeId, ct);
        return published.Problem is { } problem ? problem : Answer.Of(published.Before);
    }
}
