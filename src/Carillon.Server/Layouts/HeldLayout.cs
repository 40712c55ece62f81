using Carillon.Data;
using Carillon.Data.Layouts;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Layouts;

internal static class HeldLayout
{
    extension(CarillonDb db)
    {
        /// <summary>
        /// The layout, kept from other writers and from whoever is about to use it until the transaction is over; null when there is none.
        /// </summary>
        public async Task<Layout?> HoldLayoutAsync(string id, CancellationToken ct)
        {
            // Writing the row, even with what it holds, makes the others wait.
            var held = await db.Layouts.Where(layout => layout.Id == id)
                .ExecuteUpdateAsync(row => row.SetProperty(layout => layout.UpdatedAt, layout => layout.UpdatedAt), ct);
            return held == 0 ? null : await db.Layouts.SingleOrDefaultAsync(layout => layout.Id == id, ct);
        }
    }
}
