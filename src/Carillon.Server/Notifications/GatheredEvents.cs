using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Notifications;

/// <summary>
/// Looks up what digests gathered, for a whole page of notifications at once. An account names only the window; the events stay
/// where they are.
/// </summary>
internal sealed class GatheredEvents(CarillonDb db, CurrentEnvironment environment, IEngineStore store)
{
    public async Task<Found> OfAsync(IReadOnlyList<Run> runs, CancellationToken ct)
    {
        var inDigests = runs.Where(run => run.DigestId is not null).ToList();
        if (inDigests.Count == 0) return new([], [], []);

        var ids = inDigests.Select(run => run.DigestId!).Distinct().ToList();
        var buckets = inDigests.Select(run => run.Bucket).Distinct().ToList();
        var leaders = await db.Digests.AsNoTracking()
            .Where(digest => buckets.Contains(digest.Bucket) && ids.Contains(digest.Id))
            .ToDictionaryAsync(digest => digest.Id, digest => digest.LeaderId, ct);

        var ends = inDigests.ToDictionary(run => run.Id, EndsOf);
        var windows = ends.Values.SelectMany(lines => lines).Select(line => new EnvironmentRow(environment.Id, line.Raw!)).Distinct().ToList();
        var members = windows.Count == 0 ? [] : await store.DigestedEventsAsync(windows, ct);
        var gathered = inDigests.SelectMany(run => ends[run.Id].Select(line => (Window: line.Raw!, EventIds: WithOwn(run, line.Raw!, members)))).ToList();
        var payloads = await PayloadsAsync([.. gathered.SelectMany(window => window.EventIds).Distinct()], ct);
        return new(
            leaders,
            ends,
            gathered.DistinctBy(window => window.Window).ToDictionary(
                window => window.Window,
                IReadOnlyList<JsonElement> (window) => [.. window.EventIds.Where(payloads.ContainsKey).Select(id => payloads[id])]));
    }

    // A leader that has moved on to a later window is in that one, and still was in the first.
    private static List<string> WithOwn(Run run, string window, IReadOnlyList<DigestedEvent> members)
    {
        List<string> eventIds = [.. members.Where(member => member.DigestId == window).Select(member => member.EventId)];
        return eventIds.Contains(run.EventId) ? eventIds : [run.EventId, .. eventIds];
    }

    private static List<TraceLine> EndsOf(Run run) => [.. Trace.Read(run.Trace).Where(line => line is { Detail: Detail.DigestTriggeredEvents, Raw: not null })];

    private async Task<Dictionary<string, JsonElement>> PayloadsAsync(IReadOnlyList<string> eventIds, CancellationToken ct) =>
        (await store.EventsAsync([.. eventIds.Select(id => new EnvironmentRow(environment.Id, id))], ct))
            .ToDictionary(e => e.Id, e => JsonColumn.Read<EventContent>(e.Content).Payload);

    /// <summary>What was found, by window; and which lines of each run say that one has ended.</summary>
    internal sealed record Found(
        Dictionary<string, string> Leaders, Dictionary<string, List<TraceLine>> Ends, Dictionary<string, IReadOnlyList<JsonElement>> Events)
    {
        public string? LeaderOver(Run run) =>
            run.DigestId is { } id && run.States.Contains(StepState.Merged, StringComparison.Ordinal) ? Leaders.GetValueOrDefault(id) : null;

        /// <summary>What a step went on with: the events of the last digest before it, or its own.</summary>
        public IReadOnlyList<JsonElement> EventsAt(Run run, int step) =>
            Ends.GetValueOrDefault(run.Id)?.LastOrDefault(line => line.Step <= step) is { Raw: { } window } ? Of(window) : [];

        public TraceLine Said(TraceLine line) =>
            line is { Detail: Detail.DigestTriggeredEvents, Raw: { } window } ? line with { Raw = JsonColumn.Write(Of(window)) } : line;

        private IReadOnlyList<JsonElement> Of(string window) => Events.GetValueOrDefault(window, []);
    }
}
