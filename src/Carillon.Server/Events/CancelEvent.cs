using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Hints;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Events;

/// <summary>Stops what one transaction has not sent yet; false where there is nothing to stop.</summary>
internal static class CancelEvent
{
    public static async Task<Answer<bool>> Handle(
        string transactionId, CurrentEnvironment environment, IEngineStore store, IHints hints, TimeProvider clock, CancellationToken ct)
    {
        var stopped = await store.CancelAsync(environment.Id, transactionId, clock.GetUtcNow(), ct);
        if (stopped) hints.TellRunsDue();
        return Answer.Of(stopped);
    }
}
