using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Integrations;

/// <summary>Whether the inbox of the tutorial's subscriber is connected, which is how a tutorial notices that it is done.</summary>
internal static class GetInAppStatus
{
    private const string TutorialSubscriber = "%on-boarding-subscriber%";

    public sealed record View(bool Active);

    public static async Task<Answer<View>> Handle(CarillonDb db, CancellationToken ct) => Answer.Of(new View(
        await db.Subscribers.AnyAsync(
            subscriber => subscriber.IsOnline == true && EF.Functions.Like(subscriber.ExternalId, TutorialSubscriber), ct)));
}
