using System.Security.Cryptography;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Outgoing;
using Carillon.Data.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Engine.Outgoing;

/// <summary>
/// Brings one endpoint a batch of what waits for it, a few at a time. When it does not answer, the rest of the batch waits without
/// counting as tried.
/// </summary>
public sealed class EndpointVisit(IEngineStore store, Database database, SecretBox secrets, EventPost post, EngineRuntime engine)
{
    private const int Batch = 32;
    private const int AtOnce = 4;

    /// <summary>Whether it answered; nothing where nothing was asked.</summary>
    internal async Task<bool?> RunAsync(string endpointId, TimeSpan restIfSilent, CancellationToken ct)
    {
        var now = engine.Clock.GetUtcNow();
        var claim = new Claim(RandomNumberGenerator.GetInt32(int.MaxValue), now, now + engine.Options.Lease, Batch);
        var events = await store.ClaimOutgoingAsync(endpointId, claim, ct);
        if (events.Count == 0) return null;

        await using var db = database.Open(events[0].EnvironmentId);
        var endpoint = await db.EventEndpoints.AsNoTracking().SingleOrDefaultAsync(one => one.Id == endpointId, ct);
        if (endpoint is not { Enabled: true })
        {
            foreach (var e in events) Fail(e, endpoint is null ? "The endpoint was removed" : "The endpoint is switched off");
            await store.SaveOutgoingAsync(events, ct);
            return null;
        }

        var results = await PostAllAsync(endpoint, events, ct);
        foreach (var (e, result) in events.Zip(results)) Settle(e, result, restIfSilent);
        await store.SaveOutgoingAsync(events, ct);
        await NoteAsync(db, endpoint, [.. results.OfType<PostResult>()], ct);
        return !results.Any(result => result is { IsSilent: true });
    }

    private async Task<PostResult?[]> PostAllAsync(EventEndpoint endpoint, IReadOnlyList<OutgoingEvent> events, CancellationToken ct)
    {
        var (keys, results, isSilent) = (secrets.SecretsOf(endpoint), new PostResult?[events.Count], false);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, events.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (place, stop) =>
            {
                if (Volatile.Read(ref isSilent)) return;

                results[place] = await post.SendAsync(endpoint, keys, events[place], stop);
                if (results[place] is { IsSilent: true } or { IsGone: true }) Volatile.Write(ref isSilent, true);
            });
        return results;
    }

    private void Settle(OutgoingEvent e, PostResult? result, TimeSpan restIfSilent)
    {
        e.UpdatedAt = engine.Clock.GetUtcNow();
        if (result is null)
        {
            e.DueAt = e.UpdatedAt + restIfSilent;
            return;
        }

        e.Attempt++;
        (e.LastStatus, e.LastError) = (result.Status, result.Error);
        if (result.Arrived)
            (e.Status, e.DueAt) = (OutgoingStatus.Delivered, null);
        else if (!result.IsFinal && Persistence.DelayAfter(e.Attempt, result.RetryAfter, Random.Shared.NextDouble()) is { } delay)
            e.DueAt = e.UpdatedAt + delay;
        else
            Fail(e, result.Error);
    }

    private void Fail(OutgoingEvent e, string? why)
    {
        (e.Status, e.DueAt, e.LastError) = (OutgoingStatus.Failed, null, why);
        e.UpdatedAt = engine.Clock.GetUtcNow();
    }

    // Said only when it changes, so that an endpoint that works costs no write.
    private async Task NoteAsync(CarillonDb db, EventEndpoint endpoint, IReadOnlyList<PostResult> results, CancellationToken ct)
    {
        var (now, arrived) = (engine.Clock.GetUtcNow(), results.Any(result => result.Arrived));
        var rows = db.EventEndpoints.Where(one => one.Id == endpoint.Id && one.Enabled);
        if (results.Any(result => result.IsGone))
            await SwitchOffAsync(db, endpoint, "It answered that it is gone (410)", ct);
        else if (arrived && endpoint.FailingSince is not null)
            await rows.ExecuteUpdateAsync(row => row.SetProperty(one => one.FailingSince, (DateTimeOffset?)null), ct);
        else if (!arrived && endpoint.FailingSince is null)
            await rows.ExecuteUpdateAsync(row => row.SetProperty(one => one.FailingSince, now), ct);
        else if (!arrived && endpoint.FailingSince <= now - Persistence.WithEndpoint)
            await SwitchOffAsync(db, endpoint, $"Nothing arrived for {Persistence.WithEndpoint.TotalDays:0} days: {results[^1].Error}", ct);
    }

    private async Task SwitchOffAsync(CarillonDb db, EventEndpoint endpoint, string why, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        await db.HoldEndpointsAsync(endpoint.EnvironmentId, ct);
        var now = engine.Clock.GetUtcNow();
        await db.EventEndpoints.Where(one => one.Id == endpoint.Id && one.Enabled).ExecuteUpdateAsync(
            row => row.SetProperty(one => one.Enabled, false).SetProperty(one => one.DisabledReason, why).SetProperty(one => one.UpdatedAt, now), ct);
        await db.EndEndpointsAsync(endpoint.EnvironmentId, ct);
        await change.CommitAsync(ct);
    }
}
