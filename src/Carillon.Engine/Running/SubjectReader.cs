using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Data.Outgoing;
using Carillon.Data.Secrets;
using Carillon.Data.Subscribers;
using Carillon.Data.Workflows;
using Carillon.Engine.Conditions;
using Carillon.Engine.Preferences;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Engine.Running;

/// <summary>Reads what runs are about, for a batch at a time: each environment, event and version once, however many runs share it.</summary>
public sealed class SubjectReader(
    IEngineStore store, Database database, SecretBox secrets, WorkflowVersions versions, PreferenceReader preferences)
{
    private Database Database => database;

    internal Reading Begin() => new(this);

    /// <summary>What recipients said about the workflows that are about to run for them. Critical ones ask nobody.</summary>
    internal Task<PreferenceSet> PreferencesAsync(
        IEnumerable<(EventSubject About, IReadOnlyList<Subscriber> Recipients)> pages, CancellationToken ct) =>
        preferences.ReadAsync(
            from page in pages
            where !page.About.Version.Critical
            from subscriber in page.Recipients
            select new PreferenceOwner(page.About.Event.EnvironmentId, subscriber.Id, page.About.Version.WorkflowId),
            ct);

    /// <summary>The subjects of claimed runs, by run id. A run whose subscriber or event is gone is left out.</summary>
    internal async Task<IReadOnlyDictionary<string, RunSubject>> OfRunsAsync(IReadOnlyList<Run> runs, CancellationToken ct)
    {
        var reading = Begin();
        var (events, people, said) = await RowsOfAsync(reading, runs, ct);
        var channels = await ChannelsAsync([.. runs.Where(run => events.ContainsKey(run.EventId))], ct);
        await reading.PrepareAsync([.. events.Values], ct);
        await reading.ReadActorsAsync(events.Values, ct);
        var subjects = new Dictionary<string, RunSubject>();
        foreach (var run in runs)
        {
            if (!events.TryGetValue(run.EventId, out var e) || !people.TryGetValue(run.SubscriberId, out var subscriber)) continue;

            var subject = await reading.OfEventAsync(e.Event, e.Content, reading.ActorOf(e.Event, e.Content), ct);
            subjects[run.Id] = subject.For(subscriber, [.. channels[run.SubscriberId]], said);
        }

        var earlier = await EarlierMessages.ReadAsync(
            database, runs.Where(run => subjects.ContainsKey(run.Id)).Select(run => (run, subjects[run.Id].Version)), ct);
        return subjects.ToDictionary(one => one.Key, one => one.Value with { Earlier = earlier });
    }

    // All at once, because each claimed run waits for all of it.
    private async Task<(Dictionary<string, (Event Event, EventContent Content)> Events, Dictionary<string, Subscriber> People, PreferenceSet Said)> RowsOfAsync(
        Reading reading, IReadOnlyList<Run> runs, CancellationToken ct)
    {
        var events = store.EventsAsync([.. runs.Select(run => new EnvironmentRow(run.EnvironmentId, run.EventId)).Distinct()], ct);
        var people = store.SubscribersAsync([.. runs.Select(run => new EnvironmentRow(run.EnvironmentId, run.SubscriberId)).Distinct()], ct);
        var said = preferences.ReadAsync(runs.Select(run => new PreferenceOwner(run.EnvironmentId, run.SubscriberId, run.WorkflowId)), ct);
        await Task.WhenAll(events, people, said, reading.ReadFactsAsync(runs.Select(run => run.EnvironmentId).Distinct(), ct));
        return (
            (await events).ToDictionary(e => e.Id, e => (e, JsonColumn.Read<EventContent>(e.Content))),
            (await people).ToDictionary(subscriber => subscriber.Id),
            await said);
    }

    // Only chats and pushes go to what somebody has connected: for no others is anything asked.
    private async Task<ILookup<string, SubscriberChannel>> ChannelsAsync(IReadOnlyList<Run> runs, CancellationToken ct)
    {
        List<Run> asking = [];
        foreach (var run in runs)
        {
            var version = await versions.GetAsync(run.EnvironmentId, run.VersionId, ct);
            if (version.ActiveSteps.Skip(run.Step).Any(step => step.Type is "chat" or "push")) asking.Add(run);
        }

        List<SubscriberChannel> channels = [];
        foreach (var environment in asking.GroupBy(run => run.EnvironmentId))
        {
            var ids = environment.Select(run => run.SubscriberId).Distinct().ToList();
            await using var db = database.Open(environment.Key);
            channels.AddRange(await db.SubscriberChannels.AsNoTracking().Where(channel => ids.Contains(channel.SubscriberId)).ToListAsync(ct));
        }

        return channels.OrderBy(channel => channel.CreatedAt).ToLookup(channel => channel.SubscriberId);
    }

    /// <summary>One batch's look at the database: what two runs share is read once.</summary>
    internal sealed class Reading(SubjectReader reader)
    {
        private readonly Dictionary<string, EnvironmentFacts> _facts = [];
        private readonly Dictionary<EnvironmentRow, Subscriber> _actors = [];
        private readonly References _references = new(reader.Database);

        /// <summary>Reads for all of them at once what each would otherwise read for itself.</summary>
        public async Task PrepareAsync(IReadOnlyCollection<(Event Event, EventContent Content)> events, CancellationToken ct)
        {
            List<(Event, EventContent, WorkflowVersion)> unknown = [];
            foreach (var (e, content) in events.Where(e => !_references.Knows(e.Event)))
                unknown.Add((e, content, await reader.VersionAsync(e, ct)));
            await _references.ReadAsync(unknown, ct);
        }

        public async Task<EventSubject> OfEventAsync(Event e, EventContent content, Subscriber? actor, CancellationToken ct)
        {
            await PrepareAsync([(e, content)], ct);
            return new(e, content, await reader.VersionAsync(e, ct), actor, await FactsAsync(e.EnvironmentId, ct))
            {
                References = _references.Of(e),
            };
        }

        public async Task ReadActorsAsync(IEnumerable<(Event Event, EventContent Content)> events, CancellationToken ct)
        {
            foreach (var environment in events.Where(e => e.Content.Actor is not null).GroupBy(e => e.Event.EnvironmentId, e => e.Content.Actor!))
            {
                foreach (var actor in await reader.FindAsync(environment.Key, [.. environment.Distinct()], ct))
                    _actors[new(environment.Key, actor.ExternalId)] = actor;
            }
        }

        public async Task ReadFactsAsync(IEnumerable<string> environmentIds, CancellationToken ct)
        {
            foreach (var environmentId in environmentIds) await FactsAsync(environmentId, ct);
        }

        public async Task<IReadOnlyList<Outlet>> OutletsAsync(string environmentId, CancellationToken ct) =>
            (await FactsAsync(environmentId, ct)).Outlets;

        public Subscriber? ActorOf(Event e, EventContent content) =>
            content.Actor is { } actor ? _actors.GetValueOrDefault(new(e.EnvironmentId, actor)) : null;

        private async Task<EnvironmentFacts> FactsAsync(string environmentId, CancellationToken ct) =>
            _facts.TryGetValue(environmentId, out var facts) ? facts : _facts[environmentId] = await reader.FactsAsync(environmentId, ct);
    }

    private Task<WorkflowVersion> VersionAsync(Event e, CancellationToken ct) => versions.GetAsync(e.EnvironmentId, e.VersionId, ct);

    private Task<EnvironmentFacts> FactsAsync(string environmentId, CancellationToken ct) =>
        EnvironmentFacts.ReadAsync(database, secrets, environmentId, ct);

    private Task<IReadOnlyList<Subscriber>> FindAsync(string environmentId, IReadOnlyCollection<string> externalIds, CancellationToken ct) =>
        store.FindSubscribersAsync(environmentId, externalIds, ct);
}
