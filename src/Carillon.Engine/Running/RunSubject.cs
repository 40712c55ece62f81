using Carillon.Data.Execution;
using Carillon.Data.Integrations;
using Carillon.Data.Subscribers;
using Carillon.Data.Workflows;
using Carillon.Engine.Conditions;
using Carillon.Engine.Preferences;
using Carillon.Engine.Steps;
using Carillon.Engine.Templating;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Running;

/// <summary>What the runs of one event are about, whoever they are for.</summary>
public sealed record EventSubject(
    Event Event, EventContent Content, WorkflowVersion Version, Subscriber? Actor, EnvironmentFacts Environment)
{
    /// <summary>What the templates see, whoever it is for.</summary>
    internal TemplateContext TemplateContext => field ??= new(Content.Payload)
    {
        Actor = Actor is null ? default : TemplateValue.Of(SubscriberJson.Of(Actor)),
        Branding = TemplateContext.BrandingOf(Environment.Branding.Logo, Environment.Branding.Color),
    };

    public RunSubject For(Subscriber subscriber, IReadOnlyList<SubscriberChannel> channels, PreferenceSet preferences) =>
        new(this, subscriber, channels, preferences.Of(Version, subscriber.Id));
}

/// <summary>Whom and what one run is about.</summary>
public sealed record RunSubject(EventSubject About, Subscriber Subscriber, IReadOnlyList<SubscriberChannel> Channels, Choices Choices)
{
    /// <summary>What became of its earlier messages, where a step ahead asks.</summary>
    public EarlierMessages Earlier { get; init; } = EarlierMessages.None;

    /// <summary>The integration that the channel sends through, for this tenant.</summary>
    public Integration? Select(string channel, string? identifier = null) => Environment.Select(channel, identifier, Content.Tenant);

    public Event Event => About.Event;
    public EventContent Content => About.Content;
    public WorkflowVersion Version => About.Version;
    public Subscriber? Actor => About.Actor;
    public EnvironmentFacts Environment => About.Environment;
}
