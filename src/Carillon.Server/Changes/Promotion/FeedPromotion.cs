using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Data.Feeds;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes.Promotion;

/// <summary>A feed is there or it is not: all there is to copy is its name.</summary>
internal sealed class FeedPromotion(CarillonDb db, Ids ids, TimeProvider clock)
{
    public async Task<Problem?> ApplyAsync(string feedId, Target target, CancellationToken ct)
    {
        var feed = await db.Feeds.DeletedOrNot().SingleAsync(feed => feed.Id == feedId, ct);
        if (feed.DeletedAt is null)
        {
            await CopyAsync(feed, target, ct);
            return null;
        }

        if (await db.Feeds.Of(target).SingleOrDefaultAsync(copy => copy.ParentId == feedId, ct) is not { } copy) return null;
        if (await db.WorkflowUses.Of(target).AnyAsync(use => use.UsedId == copy.Id, ct))
            return Problem.BadRequest("Can not delete feed that has existing message");

        copy.DeletedAt = copy.UpdatedAt = clock.GetUtcNow();
        return null;
    }

    /// <summary>The id of the same feed in the target, where it is made if it is not there; null when there is none to copy.</summary>
    public async Task<string?> EnsureAsync(string feedId, Target target, CancellationToken ct)
    {
        if (await db.Feeds.Of(target).SingleOrDefaultAsync(copy => copy.ParentId == feedId, ct) is { } known) return known.Id;
        if (await db.Feeds.SingleOrDefaultAsync(feed => feed.Id == feedId, ct) is not { } feed) return null;

        await db.MarkAppliedAsync(feedId, ChangeType.Feed, clock.GetUtcNow(), ct);
        return await CopyAsync(feed, target, ct);
    }

    // One of the same name is the same feed, wherever it came from: there can be no other of that name.
    private async Task<string> CopyAsync(Feed feed, Target target, CancellationToken ct)
    {
        if (await db.Feeds.Of(target).SingleOrDefaultAsync(copy => copy.Name == feed.Name, ct) is { } known)
        {
            known.ParentId = feed.Id;
            return known.Id;
        }

        var now = clock.GetUtcNow();
        var copy = new Feed
        {
            Id = ids.New(),
            EnvironmentId = target.EnvironmentId,
            OrganizationId = target.OrganizationId,
            ParentId = feed.Id,
            Name = feed.Name,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(copy);
        await db.SaveChangesAsync(ct);
        return copy.Id;
    }
}
