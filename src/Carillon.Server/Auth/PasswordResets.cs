using System.Security.Cryptography;
using System.Text;
using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Data.Users;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Auth;

/// <summary>
/// Leave to choose a new password. A token is known to whoever gets the mail only, is worth something for a week, and is gone,
/// with all others of its user, when the password changes.
/// </summary>
internal sealed class PasswordResets(CarillonDb db, Ids ids, TimeProvider clock)
{
    private const int MostPerMinute = 5;
    private const int MostPerDay = 15;
    private static readonly TimeSpan Validity = TimeSpan.FromDays(7);

    /// <summary>The token to mail; null when this user was sent too many already. Saving is the caller's.</summary>
    public async Task<string?> IssueAsync(User user, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var issued = await db.PasswordResets.Where(reset => reset.UserId == user.Id).ToListAsync(ct);
        db.RemoveRange(issued.Where(reset => IsOver(reset, now)));
        if (issued.Count(reset => reset.CreatedAt > now.AddMinutes(-1)) >= MostPerMinute) return null;
        if (issued.Count(reset => reset.CreatedAt > now.AddDays(-1)) >= MostPerDay) return null;

        var token = SecretToken.New();
        db.Add(new PasswordReset { Id = ids.New(), UserId = user.Id, Hash = HashOf(token), CreatedAt = now });
        return token;
    }

    public async Task<(PasswordReset? Reset, bool IsOver)> FindAsync(string token, CancellationToken ct)
    {
        var hash = HashOf(token);
        var reset = await db.PasswordResets.AsNoTracking().SingleOrDefaultAsync(reset => reset.Hash == hash, ct);
        return (reset, reset is not null && IsOver(reset, clock.GetUtcNow()));
    }

    /// <summary>Takes the token and all others of its user; false when somebody else just has.</summary>
    public async Task<bool> TryUseAsync(PasswordReset reset, CancellationToken ct)
    {
        var taken = await db.PasswordResets.Where(row => row.Id == reset.Id).ExecuteDeleteAsync(ct);
        await ForgetAsync(reset.UserId, ct);
        return taken == 1;
    }

    public Task ForgetAsync(string userId, CancellationToken ct) =>
        db.PasswordResets.Where(row => row.UserId == userId).ExecuteDeleteAsync(ct);

    private static bool IsOver(PasswordReset reset, DateTimeOffset now) => reset.CreatedAt <= now - Validity;

    // Tokens are written in lower case, whatever a mail program made of the link.
    private static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token.ToLowerInvariant())));
}
