using Carillon.Data.Execution;
using Carillon.Data.Subscribers;
using Carillon.Data.Workflows;

namespace Carillon.Engine.Running;

/// <summary>What the runs of one event are about, whoever they are for.</summary>
public sealed record EventSubject(
    Event Event, EventContent Content, WorkflowVersion Version, Subscriber? Actor, EnvironmentFacts Environment)
{
    public RunSubject For(Subscriber subscriber, IReadOnlyList<SubscriberChannel> channels) => new(this, subscriber, channels);
}

/// <summary>Whom and what one run is about.</summary>
public sealed record RunSubject(EventSubject About, Subscriber Subscriber, IReadOnlyList<SubscriberChannel> Channels)
{
    public Event Event => About.Event;
    public EventContent Content => About.Content;
    public WorkflowVersion Version => About.Version;
    public Subscriber? Actor => About.Actor;
    public EnvironmentFacts Environment => About.Environment;
}
