using System.Globalization;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Hints;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Events;

/// <summary>Stops what one transaction has not sent yet; false where there is nothing to stop.</summary>
internal static class CancelEvent
{
    // In a header, because clients take the envelope off only where there is nothing beside it.
    private const string Stopped = "Carillon-Stopped";

    public static async Task<Answer<bool>> Handle(
        string transactionId, HttpResponse response, CurrentEnvironment environment, IEngineStore store, CarillonDb db, IHints hints, TimeProvider clock, CancellationToken ct)
    {
        var eventId = await db.Events.OfTransactions(transactionId).Select(e => e.Id).SingleOrDefaultAsync(ct);
        var stopped = eventId is not null && await store.CancelAsync(environment.Id, eventId, clock.GetUtcNow(), ct);
        var count = stopped ? await db.Runs.CountAsync(run => run.EventId == eventId && run.CancelRequested, ct) : 0;
        response.Headers[Stopped] = count.ToString(CultureInfo.InvariantCulture);
        if (stopped) hints.TellRunsDue();
        return Answer.Of(stopped);
    }
}
