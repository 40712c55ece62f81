using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Views.Preferences;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Widgets;

/// <summary>What one wants: of every active workflow, or of all of them as a whole.</summary>
internal static class ShowPreferences
{
    public static async Task<Answer<IReadOnlyList<WorkflowPreferenceView>>> Handle(
        Caller caller, SubscriberPreferences preferences, CancellationToken ct) =>
        Answer.Of(await WorkflowsAsync(caller, preferences, ct));

    public static async Task<Results<Answer<IReadOnlyList<object>>, Problem>> OfLevel(
        string level, Caller caller, SubscriberPreferences preferences, CancellationToken ct)
    {
        if (PreferenceLevelName.ProblemWith(level, nameof(level)) is { } problem) return problem;

        return level == PreferenceLevelName.Global
            ? Answer.Of<IReadOnlyList<object>>([GlobalPreferenceView.Of(await preferences.GlobalAsync(caller.SubscriberId, ct))])
            : Answer.Of<IReadOnlyList<object>>(await WorkflowsAsync(caller, preferences, ct));
    }

    private static async Task<IReadOnlyList<WorkflowPreferenceView>> WorkflowsAsync(
        Caller caller, SubscriberPreferences preferences, CancellationToken ct) =>
        [.. (await preferences.ListAsync(caller.SubscriberId, ct)).Select(WorkflowPreferenceView.Of)];
}
