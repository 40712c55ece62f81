using Microsoft.EntityFrameworkCore;

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
        /// <summary>Runs work that reads, decides and saves once; again, from a clean context, when somebody was faster.</summary>
        public async Task<T> RetryLostRacesAsync<T>(Func<Task<T>> work)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await work();
                }
                catch (DbUpdateException e) when (attempt < MostAttempts && (e is DbUpdateConcurrencyException || UniqueViolation.Is(e)))
                {
                    db.ChangeTracker.Clear();
                }
            }
        }
    }
}
