using Carillon.Data;
using Carillon.Data.Preferences;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views.Preferences;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.Preferences;

/// <summary>Changes what a subscriber wants of all workflows. Saying nothing changes nothing.</summary>
internal static class ChangeGlobalPreference
{
    public sealed record Request(PreferenceChange Change) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(PreferenceFields.ReadForAll(fields));
    }

    public static async Task<Results<Answer<GlobalPreferenceView>, Problem>> Handle(
        string subscriberId, Body<Request> body, CarillonDb db, SubscriberPreferences preferences, CancellationToken ct)
    {
        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        if (subscriber is null) return Problem.NotFound("Subscriber not found");

        var said = body.Value.Change.IsEmpty
            ? await preferences.GlobalAsync(subscriber.Id, ct)
            : await preferences.ChangeAsync(subscriber.Id, SubscriberPreference.AllWorkflows, body.Value.Change, ct);
        return Answer.Of(GlobalPreferenceView.Of(said));
    }
}
