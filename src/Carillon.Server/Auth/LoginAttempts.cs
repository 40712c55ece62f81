using Carillon.Data;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Auth;

/// <summary>
/// Five attempts in five minutes. An attempt is counted before the password is looked at, in one statement: counting
/// afterwards would let many guesses through at the same time.
/// </summary>
internal sealed class LoginAttempts(CarillonDb db, TimeProvider clock)
{
    public const int BlockedMinutes = 5;
    private const int Most = 5;

    private DateTimeOffset WindowStart => clock.GetUtcNow().AddMinutes(-BlockedMinutes);

    public async Task<bool> TryBeginAsync(string userId, CancellationToken ct)
    {
        var (now, start) = (clock.GetUtcNow(), WindowStart);
        var counted = await db.Users
            .Where(user => user.Id == userId && (user.FailedLogins < Most || user.LastFailedLoginAt == null || user.LastFailedLoginAt <= start))
            .ExecuteUpdateAsync(change => change
                .SetProperty(user => user.FailedLogins, user => user.LastFailedLoginAt > start ? user.FailedLogins + 1 : 1)
                .SetProperty(user => user.LastFailedLoginAt, now), ct);
        return counted == 1;
    }

    public Task ForgetAsync(string userId, CancellationToken ct) => db.Users
        .Where(user => user.Id == userId)
        .ExecuteUpdateAsync(change => change.SetProperty(user => user.FailedLogins, 0), ct);

    public async Task<int> LeftAsync(string userId, CancellationToken ct) =>
        Most - await db.Users.Where(user => user.Id == userId).Select(user => user.FailedLogins).SingleAsync(ct);

    public async Task<int> MinutesLeftAsync(string userId, CancellationToken ct)
    {
        var last = await db.Users.Where(user => user.Id == userId).Select(user => user.LastFailedLoginAt).SingleAsync(ct);
        return Math.Max(1, (int)Math.Ceiling((last - WindowStart)?.TotalMinutes ?? 0));
    }
}
