using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Recording;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Feeds;

/// <summary>Removes a feed that no workflow puts messages into, and answers with those that are left.</summary>
internal static class DeleteFeed
{
    public static async Task<Results<Answer<IReadOnlyList<FeedView>>, Problem>> Handle(
        MongoId feedId, CarillonDb db, ChangeLog changes, TimeProvider clock, CancellationToken ct)
    {
        await using var deletion = await db.Database.BeginTransactionAsync(ct);

        // Writing the row, even with what it holds, keeps away whoever is about to use the feed.
        var held = await db.Feeds.Where(feed => feed.Id == feedId.Text)
            .ExecuteUpdateAsync(row => row.SetProperty(feed => feed.UpdatedAt, feed => feed.UpdatedAt), ct);
        if (held == 0) return Problem.BadRequest($"Could not find feed with id {feedId}");
        if (await db.WorkflowUses.AnyAsync(use => use.UsedId == feedId.Text, ct))
            return Problem.BadRequest("Can not delete feed that has existing message");

        var feed = await db.Feeds.SingleAsync(feed => feed.Id == feedId.Text, ct);
        feed.DeletedAt = feed.UpdatedAt = clock.GetUtcNow();
        await changes.RecordAsync(new Note(ChangeType.Feed, feed.Id, FeedView.Of(feed)), ct);
        await db.SaveChangesAsync(ct);
        await deletion.CommitAsync(ct);

        return Answer.Of(await ListFeeds.AllAsync(db, ct));
    }
}
