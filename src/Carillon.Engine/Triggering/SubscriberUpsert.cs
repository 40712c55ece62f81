using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Outgoing;
using Carillon.Data.Subscribers;
using Carillon.Engine.Outgoing;

namespace Carillon.Engine.Triggering;

/// <summary>Whom one event names: <paramref name="Recipients"/> are ids, or objects with fields to take over.</summary>
internal sealed record NamedPeople(
    Event Event, IReadOnlyList<JsonElement> Recipients, ICollection<RecipientProblem> Problems, IReadOnlyList<Outlet> Outlets);

/// <summary>
/// Turns the people that callers named into subscribers, for a page of events at once: unknown ones are created, known ones updated
/// with what was given, deleted ones revived. Values that were not given stay as they are.
/// </summary>
public sealed class SubscriberUpsert(IEngineStore store, Ids ids, TimeProvider clock)
{
    /// <summary>
    /// Returns the subscribers of each event by external id. Recipients with invalid fields are reported and left out. What several
    /// events say of somebody is taken over in their order, and all of them are about the result.
    /// </summary>
    internal async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, Subscriber>>> ApplyAsync(
        IReadOnlyCollection<NamedPeople> named, CancellationToken ct)
    {
        var wanted = named.Select(one => (one.Event, People: Valid(one.Recipients, one.Problems))).ToList();
        var known = new Dictionary<EnvironmentRow, Subscriber>();
        foreach (var environment in wanted.GroupBy(one => one.Event.EnvironmentId))
            await ReadAsync(known, environment.Key, environment.SelectMany(one => one.People.Keys), ct);

        var changed = Change(known, wanted);
        if (changed.Count > 0)
        {
            await store.SaveSubscribersAsync(changed, [.. NewsOf(changed, named)], ct);

            // Looked at again rather than assumed: of two who create the same subscriber, one finds the other's.
            foreach (var environment in changed.GroupBy(subscriber => subscriber.EnvironmentId))
                await ReadAsync(known, environment.Key, environment.Select(subscriber => subscriber.ExternalId), ct);
        }

        return wanted.ToDictionary(
            one => one.Event.Id,
            IReadOnlyDictionary<string, Subscriber> (one) => one.People.Keys.ToDictionary(id => id, id => known[new(one.Event.EnvironmentId, id)]));
    }

    private IEnumerable<OutgoingEvent> NewsOf(IEnumerable<Subscriber> changed, IReadOnlyCollection<NamedPeople> named)
    {
        var outlets = named.Where(one => one.Outlets.Count > 0).DistinctBy(one => one.Event.EnvironmentId)
            .ToDictionary(one => one.Event.EnvironmentId, one => one.Outlets);
        return outlets.Count == 0
            ? []
            : changed.SelectMany(one => SubscriberNews.Of(one, outlets.GetValueOrDefault(one.EnvironmentId) ?? [], clock.GetUtcNow(), ids));
    }

    private async Task ReadAsync(Dictionary<EnvironmentRow, Subscriber> known, string environmentId, IEnumerable<string> externalIds, CancellationToken ct)
    {
        List<string> distinct = [.. externalIds.Distinct()];
        if (distinct.Count == 0) return;

        foreach (var subscriber in await store.FindSubscribersAsync(environmentId, distinct, ct))
            known[new(environmentId, subscriber.ExternalId)] = subscriber;
    }

    private List<Subscriber> Change(
        Dictionary<EnvironmentRow, Subscriber> known, IEnumerable<(Event Event, Dictionary<string, JsonElement> People)> wanted)
    {
        List<Subscriber> changed = [];
        foreach (var (e, people) in wanted)
        {
            foreach (var (externalId, recipient) in people)
            {
                var name = new EnvironmentRow(e.EnvironmentId, externalId);
                if (!known.TryGetValue(name, out var subscriber))
                    changed.Add(known[name] = Created(e, externalId, recipient));
                else if (Updates(subscriber, recipient))
                    changed.Add(subscriber);
            }
        }

        return [.. changed.Distinct()];
    }

    private static Dictionary<string, JsonElement> Valid(IReadOnlyList<JsonElement> recipients, ICollection<RecipientProblem> problems)
    {
        var valid = new Dictionary<string, JsonElement>();
        foreach (var recipient in recipients)
        {
            if (SubscriberFields.ProblemWith(recipient) is { } reason)
                problems.Add(new(RecipientList.IdOf(recipient), reason));
            else
                valid[RecipientList.IdOf(recipient)] = recipient;
        }

        return valid;
    }

    private Subscriber Created(Event e, string externalId, JsonElement recipient)
    {
        var now = clock.GetUtcNow();
        var subscriber = new Subscriber
        {
            Id = ids.New(Buckets.Of(e.EnvironmentId, externalId)),
            EnvironmentId = e.EnvironmentId,
            OrganizationId = e.OrganizationId,
            ExternalId = externalId,
            CreatedAt = now,
            UpdatedAt = now,
        };
        SubscriberFields.Apply(recipient, subscriber);
        return subscriber;
    }

    private bool Updates(Subscriber subscriber, JsonElement recipient)
    {
        var revived = subscriber.DeletedAt is not null;
        if (!SubscriberFields.Apply(recipient, subscriber) && !revived) return false;

        subscriber.DeletedAt = null;
        subscriber.UpdatedAt = clock.GetUtcNow();
        return true;
    }
}
