using Carillon.Data;
using Carillon.Data.Subscribers;
using Carillon.Server.Http.Recording;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers;

/// <summary>Creates subscribers, changes those that are there, and revives those that were deleted. Saving is the caller's to do.</summary>
internal sealed class SubscriberWriter(CarillonDb db, CurrentEnvironment environment, Outbox outbox, Ids ids, TimeProvider clock)
{
    /// <summary>The rows with these ids, tracked, deleted ones too.</summary>
    public Task<Dictionary<string, Subscriber>> FindAsync(IReadOnlyCollection<string> externalIds, CancellationToken ct) =>
        db.Subscribers.IgnoreQueryFilters([CarillonDb.DeletedFilter])
            .Where(subscriber => externalIds.Contains(subscriber.ExternalId))
            .ToDictionaryAsync(subscriber => subscriber.ExternalId, ct);

    /// <summary>Creates who is not there yet, and changes or revives who is.</summary>
    public Task<Subscriber> UpsertAsync(string externalId, string organizationId, SubscriberProfile profile, CancellationToken ct) =>
        UpsertAsync(externalId, organizationId, profile, profile, ct);

    /// <summary>As the other, where there is less to be said of who is there.</summary>
    public async Task<Subscriber> UpsertAsync(
        string externalId, string organizationId, SubscriberProfile ofNew, SubscriberProfile ofKnown, CancellationToken ct)
    {
        if ((await FindAsync([externalId], ct)).TryGetValue(externalId, out var subscriber))
            Change(subscriber, ofKnown);
        else
            subscriber = Create(externalId, organizationId, ofNew);

        await outbox.TellChangesAsync([subscriber], ct);
        return subscriber;
    }

    public Subscriber Create(string externalId, string organizationId, SubscriberProfile profile)
    {
        var now = clock.GetUtcNow();
        var subscriber = new Subscriber
        {
            Id = ids.New(Buckets.Of(environment.Id, externalId)),
            EnvironmentId = environment.Id,
            OrganizationId = organizationId,
            ExternalId = externalId,
            CreatedAt = now,
            UpdatedAt = now,
        };
        profile.ApplyTo(subscriber);
        db.Subscribers.Add(subscriber);
        return subscriber;
    }

    public void Change(Subscriber subscriber, SubscriberProfile profile)
    {
        var changed = profile.ApplyTo(subscriber);
        if (subscriber.DeletedAt is not null)
        {
            subscriber.DeletedAt = null;
            subscriber.CreatedAt = clock.GetUtcNow();
            changed = true;
        }

        if (changed) subscriber.UpdatedAt = clock.GetUtcNow();
    }
}
