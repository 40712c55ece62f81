namespace Carillon.Data.Execution;

public static class Transactions
{
    extension(IQueryable<Event> events)
    {
        /// <summary>The events of these transactions, whether the callers named them so or they go by their own ids.</summary>
        public IQueryable<Event> OfTransactions(params IReadOnlyList<string> transactionIds)
        {
            List<string> own = [.. transactionIds.Select(Ids.OfUuid).OfType<string>()];
            return events.Where(e =>
                transactionIds.Contains(e.GivenTransactionId) || (own.Contains(e.Id) && e.GivenTransactionId == null));
        }
    }
}
