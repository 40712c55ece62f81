using Carillon.Data.Outgoing;
using Carillon.Data.Preferences;
using Carillon.Data.Subscribers;

namespace Carillon.Data.Execution;

/// <summary>
/// The engine's hot statements, hand-written for each database and held to one contract suite. Every method is one transaction.
/// Claims look across environments on purpose, they are how environments share the engine; everything else names its environment.
/// </summary>
public interface IEngineStore
{
    /// <summary>Workflows by their identifiers, as they stand now; deleted and unknown ones are left out.</summary>
    Task<IReadOnlyList<TriggeredWorkflow>> WorkflowsAsync(IReadOnlyCollection<EnvironmentRow> identifiers, CancellationToken ct);

    /// <summary>
    /// Stores accepted events with their files; false where the environment already has an event with that transaction id. Where one of the
    /// workflows does not stand any more as it was <paramref name="seen"/>, nothing is stored and the answer is null; the same may be named
    /// twice. It may block, and is not to be called off.
    /// </summary>
    Task<IReadOnlyList<bool>?> AcceptAsync(IReadOnlyList<Event> events, IReadOnlyCollection<TriggeredWorkflow> seen, CancellationToken ct);

    /// <summary>Takes events that are due, of each environment the oldest first, and makes them due again when the claim ends.</summary>
    Task<IReadOnlyList<Event>> ClaimEventsAsync(EventClaim claim, CancellationToken ct);

    /// <summary>Subscribers by external ids, each of which is named once; deleted ones too, unknown ones are left out.</summary>
    Task<IReadOnlyList<Subscriber>> FindSubscribersAsync(string environmentId, IReadOnlyCollection<string> externalIds, CancellationToken ct);

    /// <summary>Inserts or overwrites by external id. Who lost a race to insert finds the winner's row by looking again.</summary>
    Task SaveSubscribersAsync(IReadOnlyList<Subscriber> subscribers, IReadOnlyList<OutgoingEvent> news, CancellationToken ct);

    /// <summary>The topic's members behind <paramref name="after"/>, in the order of their ids.</summary>
    Task<IReadOnlyList<Subscriber>> TopicMembersAsync(string environmentId, string topicId, string after, int limit, CancellationToken ct);

    /// <summary>The environment's subscribers behind <paramref name="after"/>, in the order of their ids.</summary>
    Task<IReadOnlyList<Subscriber>> EverybodyAsync(string environmentId, string after, int limit, CancellationToken ct);

    /// <summary>Which of these subscribers already have a run of this event.</summary>
    Task<IReadOnlySet<string>> WithRunAsync(string environmentId, string eventId, IReadOnlyCollection<string> subscriberIds, CancellationToken ct);

    /// <summary>
    /// Moves the events on and writes the runs and messages that came of it. Returns the events whose lease still held;
    /// of the others nothing was written.
    /// </summary>
    Task<IReadOnlySet<string>> CommitPageAsync(ExpansionPage page, CancellationToken ct);

    /// <summary>Makes claimed events due at once, those whose lease still holds: whoever held them has lost track of where they stand.</summary>
    Task<int> ReleaseEventsAsync(IReadOnlyCollection<Event> claimed, DateTimeOffset now, CancellationToken ct);

    /// <summary>Environments in which runs wait, due or not, in the order of their ids.</summary>
    Task<IReadOnlyList<string>> EnvironmentsWithRunsAsync(string after, int limit, CancellationToken ct);

    /// <summary>
    /// Takes runs that are due, longest overdue first, and makes them due again when the claim ends. The trace of one whose last holder
    /// never gave it back says so from now on: nobody knows what became of that attempt.
    /// </summary>
    Task<IReadOnlyList<Run>> ClaimRunsAsync(Claim claim, CancellationToken ct);

    Task<IReadOnlyList<Event>> EventsAsync(IReadOnlyCollection<EnvironmentRow> events, CancellationToken ct);

    Task<IReadOnlyList<Subscriber>> SubscribersAsync(IReadOnlyCollection<EnvironmentRow> subscribers, CancellationToken ct);

    /// <summary>What these subscribers said about these workflows and about all of them.</summary>
    Task<IReadOnlyList<SubscriberPreference>> PreferencesAsync(IReadOnlyCollection<PreferenceOwner> owners, CancellationToken ct);

    /// <summary>Those that their claims still hold and nobody has asked to cancel: the last look before something leaves.</summary>
    Task<IReadOnlySet<Run>> HeldAsync(IReadOnlyCollection<Run> claimed, CancellationToken ct);

    /// <summary>
    /// Writes where claimed runs stand now, and their messages. Returns the runs whose lease still held; of the others nothing
    /// was written. A run whose cancellation was asked for meanwhile is due at once.
    /// </summary>
    Task<IReadOnlySet<string>> CommitRunsAsync(RunBatch batch, CancellationToken ct);

    /// <summary>
    /// Stops everything of this event that has not been sent. From the commit on no claim sends for it; the engine then
    /// brings each run to its end. Returns whether there was anything to stop.
    /// </summary>
    Task<bool> CancelAsync(string environmentId, string eventId, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Ends the windows that these runs lead: whatever comes later opens another. Nothing happens to windows that are closed already,
    /// or that somebody else leads by now.
    /// </summary>
    Task CloseDigestsAsync(IReadOnlyCollection<Run> leaders, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Has somebody else lead the windows that these runs lead, which are being cancelled: of all that is left in each, whoever came
    /// first takes the leader's place, at the step and until the time that it had come to. A window with nobody left in it ends.
    /// </summary>
    Task HandOverDigestsAsync(IReadOnlyCollection<Run> leaders, DateTimeOffset now, CancellationToken ct);

    /// <summary>What was gathered in these windows, in the order in which it arrived. Cancelled events are not in it.</summary>
    Task<IReadOnlyList<DigestedEvent>> DigestedEventsAsync(IReadOnlyCollection<EnvironmentRow> digests, CancellationToken ct);

    /// <summary>The pieces of an event's file, in their order; none when it is there no more.</summary>
    Task<IReadOnlyList<byte[]>> AttachmentAsync(EnvironmentRow e, int ordinal, CancellationToken ct);

    /// <summary>Messages of this environment that this provider calls by these ids of its own.</summary>
    Task<IReadOnlyList<ReportedMessage>> ReportedMessagesAsync(
        string environmentId, string providerId, IReadOnlyCollection<string> identifiers, CancellationToken ct);

    /// <summary>
    /// Writes what a vendor said of messages of one environment: into their accounts, on the messages, which never go back, and into
    /// the counts; and what people refuse by it. Returns those that had not been told before; of the others nothing was written.
    /// </summary>
    Task<IReadOnlyList<IncomingReport>> SaveReportsAsync(IReadOnlyList<IncomingReport> reports, CancellationToken ct);

    /// <summary>Every endpoint that events wait for, with the time at which the first of them is due, claimed ones included.</summary>
    Task<IReadOnlyList<DueEndpoint>> DueEndpointsAsync(CancellationToken ct);

    /// <summary>Takes events for one endpoint that are due, longest overdue first, and makes them due again when the claim ends.</summary>
    Task<IReadOnlyList<OutgoingEvent>> ClaimOutgoingAsync(string endpointId, Claim claim, CancellationToken ct);

    /// <summary>Writes what became of claimed events, of those whose lease still holds.</summary>
    Task SaveOutgoingAsync(IReadOnlyList<OutgoingEvent> events, CancellationToken ct);

    /// <summary>When the next event of each line and the next run become due, claimed ones included.</summary>
    Task<NextDue> NextDueAsync(CancellationToken ct);

    /// <summary>Removes at most <paramref name="limit"/> rows of each kind that are over and older than their retention.</summary>
    Task<int> PruneAsync(PruneHorizon horizon, int limit, CancellationToken ct);

    /// <summary>
    /// Undoes what other nodes have begun to write and have not gone on with for this long, and returns how much that was: one that stands
    /// still in the middle of a transaction holds rows that nobody else could take over.
    /// </summary>
    Task<int> EndUnfinishedAsync(TimeSpan since, CancellationToken ct);
}
