using Carillon.Data;
using Carillon.Data.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.NotificationGroups;

internal static class HeldGroup
{
    extension(CarillonDb db)
    {
        /// <summary>The group, kept from other writers until the transaction is over; null when there is none.</summary>
        public async Task<NotificationGroup?> HoldGroupAsync(string id, CancellationToken ct)
        {
            // Writing the row, even with what it holds, makes the next writer wait.
            var held = await db.NotificationGroups.Where(group => group.Id == id)
                .ExecuteUpdateAsync(row => row.SetProperty(group => group.UpdatedAt, group => group.UpdatedAt), ct);
            return held == 0 ? null : await db.NotificationGroups.SingleOrDefaultAsync(group => group.Id == id, ct);
        }
    }
}
