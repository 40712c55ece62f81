using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Data.Integrations;
using Carillon.Data.Subscribers;
using Carillon.Data.Tenants;
using Carillon.Data.Workflows;
using Carillon.Engine.Conditions;
using Carillon.Engine.Preferences;
using Carillon.Engine.Steps;
using Carillon.Engine.Templating;
using Carillon.Engine.Templating.Values;
using Carillon.Engine.Tenants;

namespace Carillon.Engine.Running;

/// <summary>What the runs of one event are about, whoever they are for.</summary>
public sealed record EventSubject(
    Event Event, EventContent Content, WorkflowVersion Version, Subscriber? Actor, EnvironmentFacts Environment)
{
    /// <summary>What the event names besides people, as it was when this batch was read.</summary>
    public EventReferences References { get; init; } = EventReferences.None;

    /// <summary>What the templates see, whoever it is for.</summary>
    internal TemplateContext TemplateContext => field ??= new(Content.Payload)
    {
        Actor = Actor is null ? default : new SubscriberMembers(Actor),
        Tenant = References.Tenant is null ? default : TemplateValue.Of(TenantJson.Of(References.Tenant)),
        Branding = TemplateContext.BrandingOf(Environment.Branding.Logo, Environment.Branding.Color),
    };

    /// <summary>The tenant as conditions see it.</summary>
    public JsonElement? TenantData => References.Tenant is { } tenant ? TenantJson.Of(tenant) : null;

    public RunSubject For(Subscriber subscriber, IReadOnlyList<SubscriberChannel> channels, PreferenceSet preferences) =>
        new(this, subscriber, channels, preferences.Of(Version, subscriber.Id) with { Tenant = References.Override?.PreferenceSettings });
}

/// <summary>Whom and what one run is about.</summary>
public sealed record RunSubject(EventSubject About, Subscriber Subscriber, IReadOnlyList<SubscriberChannel> Channels, Choices Choices)
{
    /// <summary>The payloads of the events that its digest gathered; null where it went through none.</summary>
    public IReadOnlyList<JsonElement>? Gathered { get; init; }

    /// <summary>The subscriber's time zone, else the environment's: what decides when a day begins.</summary>
    public TimeZoneInfo Zone => Subscriber.Timezone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : Environment.Zone;

    /// <summary>What became of its earlier messages, where a step ahead asks.</summary>
    public EarlierMessages Earlier { get; init; } = EarlierMessages.None;

    /// <summary>The integration that the channel sends through, for this tenant.</summary>
    public Integration? Select(string channel, string? identifier = null) => Environment.Select(channel, identifier, About.TenantData);

    public Event Event => About.Event;
    public EventContent Content => About.Content;
    public WorkflowVersion Version => About.Version;
    public Subscriber? Actor => About.Actor;
    public Tenant? Tenant => About.References.Tenant;
    public EnvironmentFacts Environment => About.Environment;
}
