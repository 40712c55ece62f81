using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Messages;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Messages;

internal static class TransactionMessages
{
    // The part of an id in front of the counter: what one process made for one bucket within one second.
    private const int Prefix = 18;

    extension(CarillonDb db)
    {
        /// <summary>
        /// The messages of these transactions. Messages know their event but are not indexed by it, which would cost on every one
        /// that is written; so they are reached through its runs: a run's messages are its subscriber's, with ids right behind its own.
        /// </summary>
        public async Task<IQueryable<Message>> MessagesOfAsync(IReadOnlyList<string> transactionIds, CancellationToken ct)
        {
            var eventIds = await db.Events.OfTransactions(transactionIds).Select(e => e.Id).ToListAsync(ct);
            return
                from run in db.Runs
                where eventIds.Contains(run.EventId)
                let prefix = run.Id.Substring(0, Prefix)
                from message in db.Messages
                where message.SubscriberId == run.SubscriberId && message.RunId == run.Id
                    && message.Id.CompareTo(run.Id) > 0 && message.Id.CompareTo(prefix + "g") < 0
                select message;
        }
    }
}
