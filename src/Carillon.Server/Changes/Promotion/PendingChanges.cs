using Carillon.Data;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes.Promotion;

internal static class PendingChanges
{
    extension(CarillonDb db)
    {
        /// <summary>For what is published because something else needs it: then its own change has been applied, too.</summary>
        public async Task MarkAppliedAsync(string entityId, string type, DateTimeOffset now, CancellationToken ct)
        {
            var pending = await db.Changes.SingleOrDefaultAsync(change => !change.Enabled && change.EntityId == entityId && change.Type == type, ct);
            if (pending is null) return;

            pending.Enabled = true;
            pending.UpdatedAt = now;
        }
    }
}
