using System.Collections.Concurrent;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Engine.Running;

/// <summary>Versions never change, so what was read once is kept; the oldest go when there are too many.</summary>
public sealed class WorkflowVersions(Database database)
{
    private const int MostKept = 2_000;

    private readonly ConcurrentDictionary<EnvironmentRow, WorkflowVersion> _kept = new();
    private readonly ConcurrentQueue<EnvironmentRow> _byAge = new();

    public async Task<WorkflowVersion> GetAsync(string environmentId, string versionId, CancellationToken ct)
    {
        var name = new EnvironmentRow(environmentId, versionId);
        return _kept.TryGetValue(name, out var version) ? version : Keep(name, await ReadAsync(name, ct));
    }

    private async Task<WorkflowVersion> ReadAsync(EnvironmentRow name, CancellationToken ct)
    {
        await using var db = database.Open(name.EnvironmentId);
        return await db.WorkflowVersions.AsNoTracking().SingleAsync(version => version.Id == name.Id, ct);
    }

    private WorkflowVersion Keep(EnvironmentRow name, WorkflowVersion version)
    {
        if (_kept.TryAdd(name, version)) _byAge.Enqueue(name);
        if (_byAge.Count > MostKept && _byAge.TryDequeue(out var oldest)) _kept.TryRemove(oldest, out _);
        return version;
    }
}
