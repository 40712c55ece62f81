using Carillon.Data.Preferences;
using Carillon.Data.Workflows;

namespace Carillon.Engine.Preferences;

/// <summary>Everything that was said about one workflow for one subscriber, from the least to the most specific.</summary>
public sealed record Choices(ChannelSwitches Settings)
{
    public WorkflowPreference? Team { get; init; }
    public ChannelSwitches? Tenant { get; init; }
    public SubscriberPreference? Everywhere { get; init; }
    public SubscriberPreference? Here { get; init; }
}
