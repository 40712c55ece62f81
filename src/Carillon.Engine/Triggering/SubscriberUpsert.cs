using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Subscribers;
using Carillon.Engine.Outgoing;

namespace Carillon.Engine.Triggering;

/// <summary>
/// Turns the recipients a caller named into subscribers, set-wise: unknown ones are created, known ones updated with what was
/// given, deleted ones revived. Values that were not given stay as they are.
/// </summary>
public sealed class SubscriberUpsert(IEngineStore store, Ids ids, TimeProvider clock)
{
    /// <summary>Returns the subscribers by external id. Recipients with invalid fields are reported and left out.</summary>
    internal async Task<Dictionary<string, Subscriber>> ApplyAsync(
        EventWork work, IReadOnlyList<JsonElement> recipients, ICollection<RecipientProblem> problems, CancellationToken ct)
    {
        var (e, wanted) = (work.Event, Valid(recipients, problems));
        var known = await FindAsync(e.EnvironmentId, wanted.Keys, ct);
        var changed = wanted
            .Select(want => known.TryGetValue(want.Key, out var subscriber)
                ? Updated(subscriber, want.Value)
                : Created(e, want.Key, want.Value))
            .OfType<Subscriber>()
            .ToList();
        if (changed.Count == 0) return known;

        await store.SaveSubscribersAsync(
            changed, [.. changed.SelectMany(subscriber => SubscriberNews.Of(subscriber, work.Outlets, clock.GetUtcNow(), ids))], ct);

        // Looked at again rather than assumed: of two who create the same subscriber, one finds the other's.
        return await FindAsync(e.EnvironmentId, wanted.Keys, ct);
    }

    private async Task<Dictionary<string, Subscriber>> FindAsync(string environmentId, IReadOnlyCollection<string> externalIds, CancellationToken ct)
    {
        var found = await store.FindSubscribersAsync(environmentId, externalIds, ct);
        return found.ToDictionary(subscriber => subscriber.ExternalId);
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

    private Subscriber? Updated(Subscriber subscriber, JsonElement recipient)
    {
        var revived = subscriber.DeletedAt is not null;
        if (!SubscriberFields.Apply(recipient, subscriber) && !revived) return null;

        subscriber.UpdatedAt = clock.GetUtcNow();
        return subscriber;
    }
}
