using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views.Preferences;

namespace Carillon.Server.Inbox;

/// <summary>What one wants of all workflows, then of each that can be chosen, or of those with one of some tags.</summary>
internal static class ListPreferences
{
    public sealed record Request(IReadOnlyList<string>? Tags) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields["tags"].Optional().Array().TextsOrNull);
    }

    public static async Task<Answer<IReadOnlyList<InboxPreference>>> Handle(
        Query<Request> query, Caller caller, SubscriberPreferences preferences, CancellationToken ct)
    {
        var all = GlobalPreferenceView.Of(await preferences.GlobalAsync(caller.SubscriberId, ct));
        var each = (await preferences.ListAsync(caller.SubscriberId, ct))
            .Where(found => !found.Workflow.Critical)
            .Where(found => query.Value.Tags is not { Count: > 0 } tags || found.Workflow.Tags.Intersect(tags).Any());
        return Answer.Of<IReadOnlyList<InboxPreference>>([InboxPreference.Of(all), .. each.Select(InboxPreference.InList)]);
    }
}
