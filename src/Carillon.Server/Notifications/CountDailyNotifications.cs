using System.Globalization;
using System.Text.Json.Serialization;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Workflows;
using Carillon.Engine.Running;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Notifications;

/// <summary>How many notifications there were on each day (UTC), one for each channel they were for, newest day first.</summary>
internal static class CountDailyNotifications
{
    private const int DefaultDays = 32;
    private const int MostDays = 3_660;

    public sealed record Request(int Days) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var days = fields["days"];
            return new(days.IsAbsent ? DefaultDays : (int)Math.Clamp(days.AnyNumber().Number, 0, MostDays));
        }
    }

    public sealed record View(
        [property: JsonPropertyName("_id")] string Day, int Count, IReadOnlyList<string> Templates, IReadOnlyList<string> Channels);

    public static async Task<Answer<IReadOnlyList<View>>> Handle(
        Query<Request> query, CarillonDb db, CurrentEnvironment environment, WorkflowVersions versions, TimeProvider clock, CancellationToken ct)
    {
        if (query.Value.Days == 0) return Answer.Of<IReadOnlyList<View>>([]);

        var since = Ids.FirstOf(clock.GetUtcNow().AddDays(-query.Value.Days));
        var counts = await DailyCounts.SinceAsync(db, environment.Id, since, ct);
        var channels = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var versionId in counts.Select(count => count.VersionId).Distinct())
            channels[versionId] = ChannelsOf(await versions.GetAsync(environment.Id, versionId, ct));

        return Answer.Of<IReadOnlyList<View>>(
            [.. counts.GroupBy(count => count.Day).OrderByDescending(day => day.Key).Select(day => ViewOf(day, channels))]);
    }

    private static View ViewOf(IGrouping<long, DailyCount> day, Dictionary<string, IReadOnlyList<string>> channels) => new(
        DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)day.Key).ToString("O", CultureInfo.InvariantCulture),
        day.Sum(count => (int)count.Runs * channels[count.VersionId].Count),
        [.. day.Select(count => count.WorkflowId).Distinct()],
        [.. day.SelectMany(count => channels[count.VersionId]).Distinct()]);

    private static List<string> ChannelsOf(WorkflowVersion version) => [.. version.ActiveSteps.Select(step => step.Type).Distinct()];
}
