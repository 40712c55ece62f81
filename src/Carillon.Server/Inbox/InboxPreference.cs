using Carillon.Engine.Preferences;
using Carillon.Server.Http.Views.Preferences;

namespace Carillon.Server.Inbox;

/// <summary>What one wants of a workflow, or of all of them, as the newer components know it.</summary>
internal sealed record InboxPreference(string Level, bool Enabled, OrderedDictionary<string, bool> Channels)
{
    public IReadOnlyList<PreferenceSummary.Origin>? Overrides { get; private init; }
    public About? Workflow { get; private init; }

    public static InboxPreference Of(GlobalPreferenceView all) =>
        new(PreferenceLevelName.Global, all.Preference.Enabled, all.Preference.Channels);

    public static InboxPreference InList(WorkflowPreferences found) => Of(found) with { Overrides = found.Summary.Overrides };

    public static InboxPreference Of(WorkflowPreferences found) =>
        new(PreferenceLevelName.Template, found.Summary.Enabled, found.Summary.Channels) { Workflow = About.Of(found) };

    internal sealed record About(string Id, string Identifier, string Name, bool Critical, IReadOnlyList<string> Tags)
    {
        public static About Of(WorkflowPreferences found) => new(
            found.Workflow.Id, found.Version.Identifier, found.Workflow.Name, found.Workflow.Critical, found.Workflow.Tags);
    }
}
