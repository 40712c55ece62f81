using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Views;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.InApp;

/// <summary>A subscriber's in-app messages, newest first. The total says how many are on this page, as the contract has it.</summary>
internal sealed class InboxFeed(CarillonDb db, MessageViews views, PayloadSearch search)
{
    public async Task<Page<MessageView>> PageAsync(string subscriberId, FeedRequest request, CancellationToken ct)
    {
        var messages = db.InboxOf(subscriberId).InFeeds(request.Feeds, db).WithSeen(request.Seen).WithRead(request.Read).AsNoTracking();
        var skip = request.Page * request.Limit;

        // One more than is shown, to know whether there is more.
        var found = request.Payload is { } payload
            ? await search.FindAsync(messages, PayloadFilter.Parse(payload)!, skip, request.Limit + 1, ct)
            : await messages.NewestFirst().Skip(skip).Take(request.Limit + 1).ToListAsync(ct);
        var shown = found.Take(request.Limit).ToList();
        return new(request.Page, request.Limit, await views.OfAsync(shown, MessageDetail.Workflow, ct), shown.Count, found.Count > shown.Count);
    }
}
