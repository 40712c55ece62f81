using System.Collections.Concurrent;
using Carillon.Data.Execution;
using Carillon.Data.Workflows;
using Carillon.Engine.Running;

namespace Carillon.Engine.Triggering;

/// <summary>A workflow as it stands, and the version that whoever triggers it is pinned to.</summary>
public sealed record CurrentWorkflow(TriggeredWorkflow Workflow, WorkflowVersion Version);

/// <summary>Finds the workflows that calls name, as they stand now; calls that come together share a look.</summary>
public sealed class TriggeredWorkflows(IEngineStore store, WorkflowVersions versions)
{
    private const int MostKept = 2_000;

    private readonly ConcurrentDictionary<EnvironmentRow, CurrentWorkflow> _lastSeen = new();
    private readonly SharedLooks<EnvironmentRow, TriggeredWorkflow> _looks = new(async names =>
        (await store.WorkflowsAsync(names, CancellationToken.None)).ToDictionary(workflow => new EnvironmentRow(workflow.EnvironmentId, workflow.Identifier)));

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
        var looked = await _looks.FindAsync(identifiers.Select(identifier => new EnvironmentRow(environmentId, identifier))).WaitAsync(ct);
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
}
