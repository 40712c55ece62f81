using Carillon.Data.Execution;

namespace Carillon.Engine.Preferences;

/// <summary>Who has a say in whether something is sent. Whoever comes later is more specific and wins.</summary>
public enum PreferenceLevel
{
    /// <summary>The workflow's own settings.</summary>
    Workflow,

    /// <summary>What the team decided over them.</summary>
    Team,

    /// <summary>What holds of the workflow for one tenant.</summary>
    Tenant,

    /// <summary>What the subscriber said about all workflows.</summary>
    SubscriberGlobal,

    /// <summary>What the subscriber said about this one.</summary>
    SubscriberWorkflow,
}

public static class PreferenceLevels
{
    /// <summary>The contract's word for where a channel's setting comes from.</summary>
    public static string Source(this PreferenceLevel level) => level switch
    {
        PreferenceLevel.Workflow or PreferenceLevel.Team => "template",
        PreferenceLevel.Tenant => "workflowOverride",
        _ => "subscriber",
    };

    /// <summary>The trace line of a step that was left out because of it.</summary>
    public static Detail Detail(this PreferenceLevel level) => level switch
    {
        PreferenceLevel.SubscriberWorkflow => Data.Execution.Detail.FilteredBySubscriberWorkflowPreferences,
        PreferenceLevel.SubscriberGlobal => Data.Execution.Detail.FilteredBySubscriberGlobalPreferences,
        PreferenceLevel.Team => Data.Execution.Detail.FilteredByUserPreferences,
        _ => Data.Execution.Detail.FilteredByWorkflowPreferences,
    };
}
