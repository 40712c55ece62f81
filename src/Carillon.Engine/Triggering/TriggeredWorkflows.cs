using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Carillon.Data.Execution;
using Carillon.Data.Workflows;
using Carillon.Engine.Running;

namespace Carillon.Engine.Triggering;

/// <summary>A workflow as it stands, and the version that whoever triggers it is pinned to.</summary>
public sealed record CurrentWorkflow(TriggeredWorkflow Workflow, WorkflowVersion Version);

/// <summary>
/// Finds the workflows that calls name, as they stand now. While one look is under way, calls gather for the next: what a call is told
/// is never older than the call, and however many come at once, the database is asked by one at a time.
/// </summary>
public sealed class TriggeredWorkflows(IEngineStore store, WorkflowVersions versions)
{
    private const int MostKept = 2_000;

    private readonly ConcurrentDictionary<EnvironmentRow, CurrentWorkflow> _lastSeen = new();
    private readonly Lock _lock = new();
    private Task _underWay = Task.CompletedTask;
    private Look? _gathering;

    /// <summary>As they were seen last, which need not be how they stand; null where one of them was not seen.</summary>
    public IReadOnlyDictionary<string, CurrentWorkflow>? LastSeen(string environmentId, IReadOnlyCollection<string> identifiers)
    {
        Dictionary<string, CurrentWorkflow> seen = [];
        foreach (var identifier in identifiers)
        {
            if (!_lastSeen.TryGetValue(new(environmentId, identifier), out var workflow)) return null;
            seen[identifier] = workflow;
        }

        return seen;
    }

    /// <summary>Those that are there, by identifier.</summary>
    public async Task<IReadOnlyDictionary<string, CurrentWorkflow>> FindAsync(
        string environmentId, IReadOnlyCollection<string> identifiers, CancellationToken ct)
    {
        var looked = await LookAsync([.. identifiers.Select(identifier => new EnvironmentRow(environmentId, identifier))]).WaitAsync(ct);
        Dictionary<string, CurrentWorkflow> found = [];
        foreach (var name in identifiers.Select(identifier => new EnvironmentRow(environmentId, identifier)))
        {
            if (looked.TryGetValue(name, out var workflow))
                found[name.Id] = Keep(name, new(workflow, await versions.GetAsync(environmentId, workflow.VersionId, ct)));
            else
                _lastSeen.TryRemove(name, out _);
        }

        return found;
    }

    private CurrentWorkflow Keep(EnvironmentRow name, CurrentWorkflow workflow)
    {
        if (_lastSeen.Count >= MostKept) _lastSeen.Clear();
        return _lastSeen[name] = workflow;
    }

    private Task<IReadOnlyDictionary<EnvironmentRow, TriggeredWorkflow>> LookAsync(IReadOnlyCollection<EnvironmentRow> names)
    {
        Look look;
        bool isFirst;
        lock (_lock)
        {
            isFirst = _gathering is null;
            look = _gathering ??= new(_underWay);
            look.Names.UnionWith(names);
        }

        if (isFirst) _ = RunAsync(look);
        return look.Found.Task;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whoever shares the look hears of it.")]
    private async Task RunAsync(Look look)
    {
        await look.Before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock) (_gathering, _underWay) = (null, look.Found.Task);
        try
        {
            var found = await store.WorkflowsAsync(look.Names, CancellationToken.None);
            look.Found.SetResult(found.ToDictionary(workflow => new EnvironmentRow(workflow.EnvironmentId, workflow.Identifier)));
        }
        catch (Exception failure)
        {
            look.Found.SetException(failure);
        }
    }

    private sealed record Look(Task Before)
    {
        public HashSet<EnvironmentRow> Names { get; } = [];

        public TaskCompletionSource<IReadOnlyDictionary<EnvironmentRow, TriggeredWorkflow>> Found { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
