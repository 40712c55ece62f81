namespace Carillon.Data.Execution;

public static class EventsByTransaction
{
    extension(IQueryable<Event> events)
    {
        /// <summary>The events of these transactions, whether their callers named them so or they go by their own ids.</summary>
        public IQueryable<Event> OfTransactions(params IReadOnlyList<string> transactionIds)
        {
            List<string> own = [.. transactionIds.Select(Ids.OfUuid).OfType<string>()];
            var named = events.Where(e => e.GivenTransactionId != null && transactionIds.Contains(e.GivenTransactionId));

            // Side by side, not as one condition: so each of the two is found by its index.
            return own.Count == 0 ? named : named.Concat(events.Where(e => e.GivenTransactionId == null && own.Contains(e.Id)));
        }
    }
}
