using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Hints;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Events;

/// <summary>Stops what one transaction has not sent yet; false where there is nothing to stop.</summary>
internal static class CancelEvent
{
    /// <summary>The contract's answer and, beside it, how many notifications were stopped on their way.</summary>
    public sealed record View(bool Data, int Stopped);

    public static async Task<Unwrapped<View>> Handle(
        string transactionId, CurrentEnvironment environment, IEngineStore store, CarillonDb db, IHints hints, TimeProvider clock, CancellationToken ct)
    {
        var stopped = await store.CancelAsync(environment.Id, transactionId, clock.GetUtcNow(), ct);
        if (!stopped) return new(new View(false, 0));

        hints.TellRunsDue();
        return new(new View(true, await CountAsync(db, transactionId, ct)));
    }

    private static async Task<int> CountAsync(CarillonDb db, string transactionId, CancellationToken ct)
    {
        var eventId = await db.Events.Where(e => e.TransactionId == transactionId).Select(e => e.Id).SingleOrDefaultAsync(ct);
        return await db.Runs.CountAsync(run => run.EventId == eventId && run.CancelRequested, ct);
    }
}
