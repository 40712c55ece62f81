namespace Carillon.Engine.Preferences;

/// <summary>A yes or no, and whose it is.</summary>
public readonly record struct Verdict(bool Allowed, PreferenceLevel By);

/// <summary>
/// The one precedence of preferences, for sending, the API and the inbox alike. The most specific word about a channel counts.
/// Over that, a subscriber who switched everything off, here or everywhere, is not written to; and where the team made a workflow
/// read-only, subscribers have no say at all. Critical workflows ask nobody, which is for the caller to know.
/// </summary>
public static class PreferenceRules
{
    public static Verdict Of(Choices choices, string channel)
    {
        if (choices.Team is { ReadOnly: true }) return ByOthers(choices, channel);
        if (choices.Everywhere is { Enabled: false }) return new(false, PreferenceLevel.SubscriberGlobal);
        if (choices.Here is { Enabled: false }) return new(false, PreferenceLevel.SubscriberWorkflow);

        return ByChannel(choices, channel);
    }

    /// <summary>The setting of the channel alone, as it is shown beside whether anything is switched on at all.</summary>
    public static Verdict ByChannel(Choices choices, string channel)
    {
        if (choices.Team is { ReadOnly: true }) return ByOthers(choices, channel);
        if (choices.Here?.Of(channel) is { } here) return new(here, PreferenceLevel.SubscriberWorkflow);
        if (choices.Everywhere?.Of(channel) is { } everywhere) return new(everywhere, PreferenceLevel.SubscriberGlobal);

        return ByOthers(choices, channel);
    }

    /// <summary>Whether the subscriber lets anything through.</summary>
    public static bool IsOn(Choices choices) =>
        choices.Team is { ReadOnly: true } || (choices.Here?.Enabled ?? true) && (choices.Everywhere?.Enabled ?? true);

    private static Verdict ByOthers(Choices choices, string channel)
    {
        if (choices.Tenant is { } tenant) return new(tenant.Allows(channel), PreferenceLevel.Tenant);
        if (choices.Team is { } team) return new(team.Channels.Allows(channel), PreferenceLevel.Team);

        return new(choices.Settings.Allows(channel), PreferenceLevel.Workflow);
    }
}
