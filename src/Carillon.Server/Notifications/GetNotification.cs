using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Notifications;

/// <summary>One notification with its whole account. The contract answers null, and no 404, where there is none.</summary>
internal static class GetNotification
{
    public static async Task<Answer<NotificationView?>> Handle(
        MongoId notificationId, CarillonDb db, NotificationViews views, CancellationToken ct)
    {
        var bucket = Ids.BucketOf(notificationId.Text);
        var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(run => run.Bucket == bucket && run.Id == notificationId.Text, ct);
        return Answer.Of(run is null ? null : (await views.OfAsync([run], ct))[0]);
    }
}
