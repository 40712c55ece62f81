using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Data.Layouts;
using Carillon.Server.Http.Recording;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Layouts;

/// <summary>
/// Makes a layout the default instead of the one that was, inside the caller's transaction. The new one's change belongs to the old
/// one's, since neither may be applied without the other.
/// </summary>
internal sealed class DefaultSwitch(CarillonDb db, ChangeLog changes)
{
    public async Task MoveToAsync(Layout layout, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Layouts.SingleOrDefaultAsync(one => one.IsDefault && one.Id != layout.Id, ct) is not { } previous)
        {
            layout.IsDefault = true;
            await changes.RecordAsync(NoteOf(layout), ct);
            return;
        }

        // Saved first: there never are two, not even for the length of a statement.
        previous.IsDefault = false;
        previous.UpdatedAt = now;
        await db.SaveChangesAsync(ct);

        layout.IsDefault = true;
        await changes.RecordAsync(NoteOf(previous), [NoteOf(layout)], ct);
    }

    private static Note NoteOf(Layout layout) => new(ChangeType.DefaultLayout, layout.Id, LayoutView.InChange(layout));
}
