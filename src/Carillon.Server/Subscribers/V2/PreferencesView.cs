using Carillon.Engine.Preferences;
using Carillon.Server.Http.Views.Preferences;

namespace Carillon.Server.Subscribers.V2;

/// <summary>What somebody wants of all workflows, and of each.</summary>
internal sealed record PreferencesView(GlobalPreferenceView.Switches Global, IReadOnlyList<PreferencesView.OfWorkflow> Workflows)
{
    public static async Task<PreferencesView> OfAsync(string subscriberId, SubscriberPreferences preferences, CancellationToken ct) => new(
        GlobalPreferenceView.Of(await preferences.GlobalAsync(subscriberId, ct)).Preference,
        [.. (await preferences.ListAsync(subscriberId, ct)).Select(OfWorkflow.Of)]);

    internal sealed record OfWorkflow(
        bool Enabled, OrderedDictionary<string, bool> Channels, IReadOnlyList<PreferenceSummary.Origin> Overrides, WorkflowPart Workflow)
    {
        public static OfWorkflow Of(WorkflowPreferences found) => new(
            found.Summary.Enabled,
            found.Summary.Channels,
            found.Summary.Overrides,
            new(WorkflowSlug.Of(found.Workflow), found.Workflow.Identifier, found.Workflow.Name, found.Workflow.UpdatedAt));
    }

    internal sealed record WorkflowPart(string Slug, string Identifier, string Name, DateTimeOffset UpdatedAt);
}
