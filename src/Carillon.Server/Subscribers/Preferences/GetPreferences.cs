using Carillon.Data;
using Carillon.Data.Subscribers;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views.Preferences;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.Preferences;

/// <summary>What a subscriber wants: of every active workflow, or of all of them as a whole. Channels that no
/// step of a workflow uses are shown to who asks for them.</summary>
internal static class GetPreferences
{
    public sealed record Request(bool EveryChannel) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.OptionalBool("includeInactiveChannels") ?? false);
    }

    public static async Task<Results<Answer<IReadOnlyList<WorkflowPreferenceView>>, Problem>> Handle(
        string subscriberId, Query<Request> query, CarillonDb db, SubscriberPreferences preferences, CancellationToken ct) =>
        await FindAsync(db, subscriberId, ct) is { } subscriber
            ? Answer.Of(await WorkflowsAsync(subscriber, query.Value, preferences, ct))
            : NotFound(subscriberId);

    public static async Task<Results<Answer<IReadOnlyList<object>>, Problem>> OfLevel(
        string subscriberId, string parameter, Query<Request> query, CarillonDb db, SubscriberPreferences preferences, CancellationToken ct)
    {
        if (PreferenceLevelName.ProblemWith(parameter, nameof(parameter)) is { } problem) return problem;
        if (await FindAsync(db, subscriberId, ct) is not { } subscriber) return NotFound(subscriberId);

        return parameter == PreferenceLevelName.Global
            ? Answer.Of<IReadOnlyList<object>>([GlobalPreferenceView.Of(await preferences.GlobalAsync(subscriber.Id, ct))])
            : Answer.Of<IReadOnlyList<object>>(await WorkflowsAsync(subscriber, query.Value, preferences, ct));
    }

    private static async Task<IReadOnlyList<WorkflowPreferenceView>> WorkflowsAsync(
        Subscriber subscriber, Request wanted, SubscriberPreferences preferences, CancellationToken ct) =>
        [.. (await preferences.ListAsync(subscriber.Id, ct)).Select(
            found => wanted.EveryChannel ? WorkflowPreferenceView.OfEveryChannel(found) : WorkflowPreferenceView.Of(found))];

    private static Task<Subscriber?> FindAsync(CarillonDb db, string subscriberId, CancellationToken ct) =>
        db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);

    private static Problem NotFound(string subscriberId) => Problem.BadRequest($"Subscriber {subscriberId} not found");
}
