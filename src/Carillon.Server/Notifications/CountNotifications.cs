using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Notifications;

internal static class CountNotifications
{
    private const int Week = 7;
    private const int Month = 30;

    public sealed record View(int WeeklySent, int MonthlySent);

    public static async Task<Answer<View>> Handle(CarillonDb db, TimeProvider clock, CancellationToken ct) =>
        Answer.Of(new View(await CountAsync(db, clock, Week, ct), await CountAsync(db, clock, Month, ct)));

    // An event's id begins with when it was accepted, and is what runs are indexed by.
    private static Task<int> CountAsync(CarillonDb db, TimeProvider clock, int days, CancellationToken ct)
    {
        var first = Ids.FirstOf(clock.GetUtcNow().AddDays(-days));
        return db.Runs.CountAsync(run => run.EventId.CompareTo(first) >= 0, ct);
    }
}
