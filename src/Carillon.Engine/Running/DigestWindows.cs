using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;

namespace Carillon.Engine.Running;

/// <summary>
/// Ends the windows whose leaders were claimed, and reads what was gathered. A window is ended before it is read, in a transaction
/// of its own: from then on nobody joins it, and a leader that is cut off in between finds it ended and reads the same.
/// </summary>
public sealed class DigestWindows(IEngineStore store)
{
    private const string Digest = "digest";

    /// <summary>The payloads that each run goes on with, for those of the runs that are or were in a digest.</summary>
    internal async Task<IReadOnlyDictionary<string, IReadOnlyList<JsonElement>>> OfRunsAsync(
        IReadOnlyList<Run> runs, IReadOnlyDictionary<string, RunSubject> subjects, DateTimeOffset now, CancellationToken ct)
    {
        var inDigests = runs.Where(run => run.DigestId is not null).ToLookup(run => run.CancelRequested);
        List<Run> leaving = [.. inDigests[true]];
        if (leaving.Count > 0) await store.HandOverDigestsAsync(leaving, now, ct);

        List<Run> staying = [.. inDigests[false]];
        if (staying.Count == 0) return new Dictionary<string, IReadOnlyList<JsonElement>>();

        List<Run> ending = [.. staying.Where(run => Leads(run, subjects))];
        if (ending.Count > 0) await store.CloseDigestsAsync(ending, now, ct);
        return await ReadAsync(staying, ct);
    }

    // A run that has lost what it is about still ends its window, or nobody would.
    private static bool Leads(Run run, IReadOnlyDictionary<string, RunSubject> subjects) =>
        run.States[run.Step] == StepState.Delayed
        && (!subjects.TryGetValue(run.Id, out var subject) || subject.Version.ActiveSteps[run.Step].Type == Digest);

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<JsonElement>>> ReadAsync(IReadOnlyList<Run> runs, CancellationToken ct)
    {
        List<EnvironmentRow> windows = [.. runs.Select(run => new EnvironmentRow(run.EnvironmentId, run.DigestId!)).Distinct()];
        var members = (await store.DigestedEventsAsync(windows, ct)).ToLookup(member => member.DigestId, member => member.EventId);
        var payloads = await PayloadsAsync(
            [.. runs.SelectMany(run => members[run.DigestId!].Select(id => new EnvironmentRow(run.EnvironmentId, id))).Distinct()], ct);
        return runs.ToDictionary(
            run => run.Id,
            IReadOnlyList<JsonElement> (run) => [.. members[run.DigestId!].Select(id => payloads[id])]);
    }

    private async Task<Dictionary<string, JsonElement>> PayloadsAsync(IReadOnlyCollection<EnvironmentRow> events, CancellationToken ct) =>
        (await store.EventsAsync(events, ct)).ToDictionary(e => e.Id, e => JsonColumn.Read<EventContent>(e.Content).Payload);
}
