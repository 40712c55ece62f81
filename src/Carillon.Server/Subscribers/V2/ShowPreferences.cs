using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Views.Preferences;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.V2;

internal static class ShowPreferences
{
    public static async Task<Results<Answer<PreferencesView>, Problem>> Handle(
        string subscriberId, CarillonDb db, SubscriberPreferences preferences, CancellationToken ct) =>
        await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct) is { } subscriber
            ? Answer.Of(await PreferencesView.OfAsync(subscriber.Id, preferences, ct))
            : Problem.NotFound($"Subscriber not found for id {subscriberId}");
}
