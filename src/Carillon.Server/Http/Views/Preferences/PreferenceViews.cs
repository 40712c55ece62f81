using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Data.Preferences;
using Carillon.Data.Workflows;
using Carillon.Engine.Preferences;

namespace Carillon.Server.Http.Views.Preferences;

/// <summary>What holds of one workflow for one subscriber, with all that inbox and API want to say of the workflow.</summary>
internal sealed record WorkflowPreferences(Workflow Workflow, WorkflowVersion Version, Choices Choices)
{
    public PreferenceSummary Summary => PreferenceSummary.Of(Choices, Version.ActiveSteps.Select(step => step.Type));

    /// <summary>Also of the channels that no step uses.</summary>
    public PreferenceSummary OfEveryChannel => PreferenceSummary.Of(Choices, ChannelSwitches.Names);
}

/// <summary>As the routes of subscribers and widgets show it.</summary>
internal sealed record WorkflowPreferenceView(WorkflowPreferenceView.WorkflowPart Template, PreferenceSummary Preference, string Type)
{
    private const string BySubscriber = "SUBSCRIBER_WORKFLOW";
    private const string ByTeam = "USER_WORKFLOW";

    public static WorkflowPreferenceView Of(WorkflowPreferences found) => Of(found, found.Summary);

    public static WorkflowPreferenceView OfEveryChannel(WorkflowPreferences found) => Of(found, found.OfEveryChannel);

    private static WorkflowPreferenceView Of(WorkflowPreferences found, PreferenceSummary summary) => new(
        WorkflowPart.Of(found.Workflow, found.Version),
        summary,
        found.Choices.Team is { ReadOnly: true } ? ByTeam : BySubscriber);

    internal sealed record WorkflowPart(
        [property: JsonPropertyName("_id")] string Id,
        string Name,
        IReadOnlyList<string> Tags,
        bool Critical,
        IReadOnlyList<TriggerView> Triggers,
        JsonElement? Data)
    {
        public static WorkflowPart Of(Workflow workflow, WorkflowVersion version) => new(
            workflow.Id, workflow.Name, workflow.Tags, workflow.Critical, [TriggerView.Of(version.Trigger)], workflow.Data);
    }
}

/// <summary>What a subscriber wants of all workflows; what was never said is on.</summary>
internal sealed record GlobalPreferenceView(GlobalPreferenceView.Switches Preference)
{
    public static GlobalPreferenceView Of(SubscriberPreference? said) => new(Switches.Of(said));

    internal sealed record Switches(bool Enabled, OrderedDictionary<string, bool> Channels)
    {
        public static Switches Of(SubscriberPreference? said) => new(
            said?.Enabled ?? true,
            new(ChannelSwitches.Names.Select(channel => KeyValuePair.Create(channel, said?.Of(channel) ?? true))));
    }
}
