using System.Security.Cryptography;
using System.Text;
using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Data.Users;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Auth;

/// <summary>
/// Leave to choose a new password. A token is known to whoever gets the mail only, is worth something for a week, and is gone,
/// with all others of its user, when the password changes.
/// </summary>
internal sealed class PasswordResets(CarillonDb db, Passwords passwords, Ids ids, TimeProvider clock)
{
    public const string BadToken = "Bad token provided";

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

    /// <summary>Gives the token's user this password; of two with the same token, one.</summary>
    public async Task<(User? User, Problem? Problem)> ResetAsync(string token, string password, CancellationToken ct)
    {
        if (await ProblemWithAsync(token, ct) is { } problem) return (null, problem);

        await using var change = await db.Database.BeginTransactionAsync(ct);
        if (await FindAsync(token, ct) is not { } reset || !await TryUseAsync(reset, ct)) return (null, Problem.BadRequest(BadToken));

        var user = await db.Users.SingleAsync(user => user.Id == reset.UserId, ct);
        user.PasswordHash = passwords.Hash(password);
        user.FailedLogins = 0;
        user.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return (user, null);
    }

    public async Task<Problem?> ProblemWithAsync(string token, CancellationToken ct) => await FindAsync(token, ct) switch
    {
        null => Problem.BadRequest(BadToken),
        var reset when IsOver(reset, clock.GetUtcNow()) => Problem.BadRequest("Token has expired"),
        _ => null,
    };

    private Task<PasswordReset?> FindAsync(string token, CancellationToken ct)
    {
        var hash = HashOf(token);
        return db.PasswordResets.AsNoTracking().SingleOrDefaultAsync(reset => reset.Hash == hash, ct);
    }

    // Takes the token and all others of its user; false when somebody else just has.
    private async Task<bool> TryUseAsync(PasswordReset reset, CancellationToken ct)
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
