using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Feeds;

internal static class ListFeeds
{
    public static async Task<Answer<IReadOnlyList<FeedView>>> Handle(CarillonDb db, CancellationToken ct) =>
        Answer.Of(await AllAsync(db, ct));

    internal static async Task<IReadOnlyList<FeedView>> AllAsync(CarillonDb db, CancellationToken ct)
    {
        var feeds = await db.Feeds.AsNoTracking().OrderBy(feed => feed.CreatedAt).ThenBy(feed => feed.Id).ToListAsync(ct);
        return [.. feeds.Select(FeedView.InList)];
    }
}
