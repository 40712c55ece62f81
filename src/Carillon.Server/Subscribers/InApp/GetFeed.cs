using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.InApp;

internal static class GetFeed
{
    public static async Task<Results<Page<MessageView>, Problem>> Handle(
        string subscriberId, Query<FeedRequest> query, CarillonDb db, InboxFeed feed, CancellationToken ct)
    {
        if (PayloadFilter.ProblemWith(query.Value.Payload) is { } problem) return problem;

        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        return subscriber is null
            ? Problem.BadRequest(
                $"Subscriber not found for this environment with the id: {subscriberId}. Make sure to create a subscriber before fetching the feed.")
            : await feed.PageAsync(subscriber.Id, query.Value, ct);
    }
}
