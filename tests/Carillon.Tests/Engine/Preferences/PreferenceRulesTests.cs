using Carillon.Data.Preferences;
using Carillon.Data.Workflows;
using Carillon.Engine.Preferences;

namespace Carillon.Tests.Engine.Preferences;

public sealed class PreferenceRulesTests
{
    private static readonly ChannelSwitches On = new();
    private static readonly ChannelSwitches Off = new(Email: false);

    public static TheoryData<string, Choices, bool, PreferenceLevel> Table => new()
    {
        { "nobody said anything", new(On), true, PreferenceLevel.Workflow },
        { "the workflow is off", new(Off), false, PreferenceLevel.Workflow },
        { "the team is over the workflow", new(On) { Team = Team(email: false) }, false, PreferenceLevel.Team },
        { "the team switches on", new(Off) { Team = Team(email: true) }, true, PreferenceLevel.Team },
        { "a tenant is over the team", new(On) { Team = Team(email: true), Tenant = Off }, false, PreferenceLevel.Tenant },
        { "a subscriber is over the tenant", new(On) { Tenant = Off, Everywhere = Said(email: true) }, true, PreferenceLevel.SubscriberGlobal },
        { "off everywhere", new(On) { Everywhere = Said(email: false) }, false, PreferenceLevel.SubscriberGlobal },
        { "on here, off elsewhere", new(On) { Everywhere = Said(email: false), Here = Said(email: true) }, true, PreferenceLevel.SubscriberWorkflow },
        { "off here, on elsewhere", new(On) { Everywhere = Said(email: true), Here = Said(email: false) }, false, PreferenceLevel.SubscriberWorkflow },
        { "a word about another channel is none about this", new(Off) { Everywhere = Said(sms: true), Here = Said(sms: false) }, false, PreferenceLevel.Workflow },
        { "all off everywhere is over a channel on here", new(On) { Everywhere = Said(enabled: false), Here = Said(email: true) }, false, PreferenceLevel.SubscriberGlobal },
        { "all off here is over a channel on here", new(On) { Here = Said(enabled: false, email: true) }, false, PreferenceLevel.SubscriberWorkflow },
        { "all on says nothing about a channel", new(Off) { Everywhere = Said(enabled: true), Here = Said(enabled: true) }, false, PreferenceLevel.Workflow },
        { "read-only leaves subscribers no say", new(On) { Team = Team(email: true, readOnly: true), Everywhere = Said(enabled: false), Here = Said(email: false) }, true, PreferenceLevel.Team },
        { "read-only and off", new(On) { Team = Team(email: false, readOnly: true), Here = Said(email: true) }, false, PreferenceLevel.Team },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void The_most_specific_word_counts(string because, Choices choices, bool allowed, PreferenceLevel by)
    {
        Assert.NotEmpty(because);
        Assert.Equal(new Verdict(allowed, by), PreferenceRules.Of(choices, "email"));
    }

    [Fact]
    public void A_summary_names_the_channels_in_use_and_whose_word_each_is()
    {
        var choices = new Choices(Off) { Everywhere = Said(sms: false), Tenant = null };

        var summary = PreferenceSummary.Of(choices, ["sms", "digest", "email", "sms"]);

        Assert.True(summary.Enabled);
        Assert.Equal([new("email", false), new("sms", false)], summary.Channels);
        Assert.Equal([new("email", "template"), new("sms", "subscriber")], summary.Overrides);
    }

    private static WorkflowPreference Team(bool email, bool readOnly = false) => new()
    {
        Id = "",
        EnvironmentId = "",
        OrganizationId = "",
        UserId = "",
        WorkflowId = "",
        ReadOnly = readOnly,
        Channels = new(Email: email),
        CreatedAt = default,
        UpdatedAt = default,
    };

    private static SubscriberPreference Said(bool? enabled = null, bool? email = null, bool? sms = null) => new()
    {
        Bucket = 0,
        SubscriberId = "",
        WorkflowId = "",
        EnvironmentId = "",
        Enabled = enabled,
        Email = email,
        Sms = sms,
        CreatedAt = default,
        UpdatedAt = default,
    };
}
