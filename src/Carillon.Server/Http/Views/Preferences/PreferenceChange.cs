using Carillon.Data.Preferences;

namespace Carillon.Server.Http.Views.Preferences;

/// <summary>What a subscriber says anew. What is not in it stays as it was.</summary>
internal sealed record PreferenceChange(bool? Enabled, IReadOnlyList<PreferenceChange.ChannelSwitch> Channels)
{
    public bool IsEmpty => Enabled is null && Channels.Count == 0;

    public void ApplyTo(SubscriberPreference preference)
    {
        preference.Enabled = Enabled ?? preference.Enabled;
        foreach (var (channel, enabled) in Channels)
            preference.Set(channel, enabled);
    }

    internal sealed record ChannelSwitch(string Channel, bool Enabled);
}
