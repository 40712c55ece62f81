using Carillon.Data.Outgoing;
using Microsoft.EntityFrameworkCore.Query;

namespace Carillon.Server.Outlets;

internal static class SentAgain
{
    extension(UpdateSettersBuilder<OutgoingEvent> row)
    {
        /// <summary>Begins anew, with a day to arrive.</summary>
        public void Again(DateTimeOffset now) => row
            .SetProperty(e => e.Status, OutgoingStatus.Pending)
            .SetProperty(e => e.DueAt, now)
            .SetProperty(e => e.Attempt, (short)0)
            .SetProperty(e => e.UpdatedAt, now);
    }
}
