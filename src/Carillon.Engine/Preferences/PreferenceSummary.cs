using Carillon.Data.Workflows;

namespace Carillon.Engine.Preferences;

/// <summary>What became of all that was said, in the contract's shape: for clients, and for the trace of a step that was left out.</summary>
public sealed record PreferenceSummary(
    bool Enabled, OrderedDictionary<string, bool> Channels, IReadOnlyList<PreferenceSummary.Origin> Overrides)
{
    /// <summary>Of the channels that the workflow uses, in the contract's order.</summary>
    public static PreferenceSummary Of(Choices choices, IEnumerable<string> stepTypes)
    {
        var used = stepTypes.ToHashSet();
        List<(string Channel, Verdict Verdict)> verdicts =
            [.. ChannelSwitches.Names.Where(used.Contains).Select(channel => (channel, PreferenceRules.ByChannel(choices, channel)))];
        return new(
            PreferenceRules.IsOn(choices),
            new(verdicts.Select(one => KeyValuePair.Create(one.Channel, one.Verdict.Allowed))),
            [.. verdicts.Select(one => new Origin(one.Channel, one.Verdict.By.Source()))]);
    }

    /// <summary>Where the setting of a channel comes from.</summary>
    public sealed record Origin(string Channel, string Source);
}
