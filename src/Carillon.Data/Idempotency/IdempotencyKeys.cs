using Microsoft.EntityFrameworkCore;

namespace Carillon.Data.Idempotency;

/// <summary>Who may do a request, decided by one row: inserted by the first, taken over from one that died or was long ago.</summary>
public static class IdempotencyKeys
{
    public static async Task<Claim> ClaimAsync(CarillonDb db, KeyedRequest request, DateTimeOffset now, TimeSpan validity, CancellationToken ct)
    {
        // Milliseconds is what the database keeps, and the claim is compared with what it kept.
        var instant = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var until = instant + validity;
        if (await InsertAsync(db, request, instant, until, ct)) return new Claim.Ours(until, SeedOf(request, instant));

        var record = await Row(db, request).AsNoTracking().SingleOrDefaultAsync(ct);
        return record switch
        {
            // Released in this very moment: whoever held it failed, and the client may try again at once.
            null => new Claim.BeingDone(),
            _ when record.ExpiresAt <= instant => await TakeOverAsync(db, request, record, instant, until, ct),
            { Status: null } => new Claim.BeingDone(),
            _ when record.BodyHash != request.BodyHash => new Claim.OtherBody(),
            _ => new Claim.Answered(record.Answer!),
        };
    }

    public static async Task KeepAsync(CarillonDb db, KeyedRequest request, Claim.Ours claim, int status, string answer, DateTimeOffset until) =>
        await Row(db, request).Where(record => record.Status == null && record.ExpiresAt == claim.Until).ExecuteUpdateAsync(change => change
            .SetProperty(record => record.Status, status)
            .SetProperty(record => record.Answer, answer)
            .SetProperty(record => record.ExpiresAt, until));

    public static async Task ReleaseAsync(CarillonDb db, KeyedRequest request, Claim.Ours claim) =>
        await Row(db, request).Where(record => record.Status == null && record.ExpiresAt == claim.Until).ExecuteDeleteAsync();

    private static async Task<bool> InsertAsync(
        CarillonDb db, KeyedRequest request, DateTimeOffset now, DateTimeOffset until, CancellationToken ct)
    {
        var (created, expires) = (now.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
        return await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO idempotency_records (environment_id, route, key, body_hash, created_at, expires_at)
             VALUES ({request.Scope}, {request.Route}, {request.Key}, {request.BodyHash}, {created}, {expires})
             ON CONFLICT DO NOTHING
             """,
            ct) == 1;
    }

    // An attempt that died may have done its work. As long as the same is asked for, it keeps the name it had then; see Claim.Ours.
    private static async Task<Claim> TakeOverAsync(
        CarillonDb db, KeyedRequest request, IdempotencyRecord old, DateTimeOffset now, DateTimeOffset until, CancellationToken ct)
    {
        var begun = old.Status is null && old.BodyHash == request.BodyHash ? old.CreatedAt : now;
        var taken = await Row(db, request).Where(record => record.ExpiresAt == old.ExpiresAt).ExecuteUpdateAsync(
            change => change
                .SetProperty(record => record.BodyHash, request.BodyHash)
                .SetProperty(record => record.Status, (int?)null)
                .SetProperty(record => record.Answer, (string?)null)
                .SetProperty(record => record.CreatedAt, begun)
                .SetProperty(record => record.ExpiresAt, until),
            ct);
        return taken == 1 ? new Claim.Ours(until, SeedOf(request, begun)) : new Claim.BeingDone();
    }

    private static IQueryable<IdempotencyRecord> Row(CarillonDb db, KeyedRequest request) => db.IdempotencyRecords
        .Where(record => record.EnvironmentId == request.Scope && record.Route == request.Route && record.Key == request.Key);

    private static string SeedOf(KeyedRequest request, DateTimeOffset begun) =>
        $"{request.Scope}|{request.Route}|{request.Key}|{begun.ToUnixTimeMilliseconds()}";
}
