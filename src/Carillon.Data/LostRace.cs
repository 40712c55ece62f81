using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Carillon.Data;

/// <summary>
/// Of two who write one row at once, one loses. The loser looks again and goes on from what the winner wrote, so that neither
/// sees an error and nothing of either is lost.
/// </summary>
public static class LostRace
{
    private const int MostAttempts = 20;

    extension(CarillonDb db)
    {
        /// <summary>Runs work that reads, decides and saves in one transaction; again, from a clean context, when somebody was faster.</summary>
        public async Task<T> RetryLostRacesAsync<T>(Func<Task<T>> work)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await work();
                }
                catch (Exception e) when (attempt < MostAttempts && IsLost(e))
                {
                    db.ChangeTracker.Clear();
                }
            }
        }
    }

    private static bool IsLost(Exception failure) => failure switch
    {
        DbUpdateConcurrencyException => true,
        DbUpdateException unsaved when UniqueViolation.Is(unsaved) => true,
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => true,
        { InnerException: { } cause } => IsLost(cause),
        _ => false,
    };
}
