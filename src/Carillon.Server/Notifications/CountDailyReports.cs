using System.Globalization;
using Carillon.Data;
using Carillon.Providers.Reports;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Notifications;

/// <summary>How many reports of which kind came in on each day (UTC), newest day first.</summary>
internal static class CountDailyReports
{
    private const int DefaultDays = 32;
    private const int MostDays = 3_660;
    private const long DayLength = 86_400_000;

    public sealed record Request(int Days) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var days = fields["days"];
            return new(days.IsAbsent ? DefaultDays : (int)Math.Clamp(days.AnyNumber().Number, 0, MostDays));
        }
    }

    public sealed record View(string Day, string Channel, string ProviderId, string Status, long Count);

    public static async Task<Answer<IReadOnlyList<View>>> Handle(Query<Request> query, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(1 - query.Value.Days).ToUnixTimeMilliseconds() / DayLength;
        var counts = await db.ReportCounts.AsNoTracking().Where(count => count.Day >= since)
            .OrderByDescending(count => count.Day).ThenBy(count => count.Channel).ThenBy(count => count.ProviderId).ThenBy(count => count.Status)
            .ToListAsync(ct);
        return Answer.Of<IReadOnlyList<View>>(
        [
            .. counts.Select(count => new View(
                DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)count.Day).ToString("O", CultureInfo.InvariantCulture),
                count.Channel, count.ProviderId, ((DeliveryStatus)count.Status).WireName, count.Reports)),
        ]);
    }
}
