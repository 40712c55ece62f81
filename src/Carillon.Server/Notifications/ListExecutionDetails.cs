using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Notifications;

/// <summary>The account of one notification, line by line in the order in which things happened.</summary>
internal static class ListExecutionDetails
{
    public sealed record Request(string NotificationId, string SubscriberId) : IRequest<Request>
    {
        public static Request Read(Fields fields) =>
            new(fields["notificationId"].Defined().MongoId().Text, fields["subscriberId"].Defined().String().Text);
    }

    public static async Task<Results<Answer<IReadOnlyList<ExecutionDetailView>>, Problem>> Handle(
        Query<Request> query, CarillonDb db, NotificationViews views, CancellationToken ct)
    {
        var request = query.Value;
        var subscriberId = await db.Subscribers
            .Where(subscriber => subscriber.ExternalId == request.SubscriberId)
            .Select(subscriber => subscriber.Id)
            .SingleOrDefaultAsync(ct);
        if (subscriberId is null) return Problem.NotFound($"Subscriber not found for id {request.SubscriberId}");

        var bucket = Ids.BucketOf(request.NotificationId);
        var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(
            run => run.Bucket == bucket && run.Id == request.NotificationId && run.SubscriberId == subscriberId, ct);
        return Answer.Of<IReadOnlyList<ExecutionDetailView>>(run is null ? [] : await views.DetailsOfAsync(run, ct));
    }
}
