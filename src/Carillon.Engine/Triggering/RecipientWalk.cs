using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Engine.Triggering;

/// <summary>One page of an event's recipients, and where the next one begins; no cursor when this was the last.</summary>
internal sealed record RecipientPage(IReadOnlyList<Subscriber> Subscribers, EventCursor? Next, IReadOnlyList<RecipientProblem> Problems);

/// <summary>Walks the recipients of an event as a stream: a million of them are a thousand pages, and one page is in memory.</summary>
public sealed class RecipientWalk(IEngineStore store, Database database, SubscriberUpsert upsert)
{
    /// <summary>
    /// The next page of each event. Everybody whom the events name, those who acted included, is looked up at once and before anybody
    /// is told of what they did.
    /// </summary>
    internal async Task<IReadOnlyDictionary<EventWork, RecipientPage>> NextAsync(IReadOnlyList<EventWork> group, int limit, CancellationToken ct)
    {
        List<NamedPeople> named = [.. group.Select(work => new NamedPeople(work.Event, [.. NextNamed(work, limit)], [], work.Outlets))];
        List<NamedPeople> actors = [.. group.Where(work => work.NeedsActor).Select(work => new NamedPeople(work.Event, [work.Recipients.Actor!.Value], [], work.Outlets))];
        var acting = await upsert.ApplyAsync(actors, ct);
        foreach (var work in group.Where(work => acting.ContainsKey(work.Event.Id)))
            work.Actor = acting[work.Event.Id].Values.FirstOrDefault();

        var known = await upsert.ApplyAsync([.. named.Where(one => one.Recipients.Count > 0)], ct);
        var pages = new Dictionary<EventWork, RecipientPage>();
        foreach (var (work, people) in group.Zip(named))
            pages[work] = people.Recipients.Count > 0 ? NamedPage(work, people, known[work.Event.Id]) : await OthersAsync(work, limit, ct);
        return pages;
    }

    private static IEnumerable<JsonElement> NextNamed(EventWork work, int limit) =>
        work.Cursor is { } cursor ? work.Recipients.Named.Skip(cursor.Named).Take(limit) : [];

    private static RecipientPage NamedPage(EventWork work, NamedPeople people, IReadOnlyDictionary<string, Subscriber> known)
    {
        var subscribers = people.Recipients.Select(recipient => known.GetValueOrDefault(RecipientList.IdOf(recipient))).OfType<Subscriber>().ToList();
        var next = work.Cursor! with { Named = work.Cursor.Named + people.Recipients.Count };
        return new(subscribers, IfAny(work, next), [.. people.Problems]);
    }

    private async Task<RecipientPage> OthersAsync(EventWork work, int limit, CancellationToken ct) => work.Cursor switch
    {
        { } cursor when cursor.Topic < work.Recipients.Topics.Count => await TopicAsync(work, cursor, limit, ct),
        { } cursor when work.Recipients.Everybody => await EverybodyAsync(work, cursor, limit, ct),
        _ => new([], null, []),
    };

    private async Task<RecipientPage> TopicAsync(EventWork work, EventCursor cursor, int limit, CancellationToken ct)
    {
        var key = work.Recipients.Topics[cursor.Topic];
        var behind = IfAny(work, cursor with { Topic = cursor.Topic + 1, After = "" });
        if (await TopicIdAsync(work, key, ct) is not { } topicId)
            return new([], behind, [new(key, $"Topic with key {key} not found in current environment")]);

        var members = await store.TopicMembersAsync(work.Event.EnvironmentId, topicId, cursor.After, limit, ct);
        var next = members.Count < limit ? behind : cursor with { After = members[^1].Id };
        return new(await NewOnesAsync(work, members, ct), next, []);
    }

    private async Task<RecipientPage> EverybodyAsync(EventWork work, EventCursor cursor, int limit, CancellationToken ct)
    {
        var page = await store.EverybodyAsync(work.Event.EnvironmentId, cursor.After, limit, ct);
        return new(page, page.Count < limit ? null : cursor with { After = page[^1].Id }, []);
    }

    // Whoever acted need not be told of it by way of a topic; named outright, the actor is told.
    private async Task<IReadOnlyList<Subscriber>> NewOnesAsync(EventWork work, IReadOnlyList<Subscriber> members, CancellationToken ct)
    {
        var others = members.Where(member => member.ExternalId != work.Content.Actor).ToList();
        if (!work.Recipients.MayOverlap || others.Count == 0) return others;

        HashSet<string> served = [.. work.BeingWritten.Select(member => member.Id)];
        served.UnionWith(await store.WithRunAsync(work.Event.EnvironmentId, work.Event.Id, [.. others.Select(member => member.Id)], ct));
        return [.. others.Where(member => !served.Contains(member.Id))];
    }

    private async Task<string?> TopicIdAsync(EventWork work, string key, CancellationToken ct)
    {
        if (work.TopicIds.TryGetValue(key, out var known)) return known;

        await using var db = database.Open(work.Event.EnvironmentId);
        return work.TopicIds[key] = await db.Topics.Where(topic => topic.Key == key).Select(topic => topic.Id).SingleOrDefaultAsync(ct);
    }

    private static EventCursor? IfAny(EventWork work, EventCursor cursor) =>
        cursor.Named < work.Recipients.Named.Count || cursor.Topic < work.Recipients.Topics.Count || work.Recipients.Everybody
            ? cursor
            : null;
}
