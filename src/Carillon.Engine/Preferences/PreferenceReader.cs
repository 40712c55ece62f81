using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Preferences;
using Carillon.Data.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Engine.Preferences;

/// <summary>Reads what was said about workflows, for a page or batch of runs at once.</summary>
public sealed class PreferenceReader(IEngineStore store, Database database)
{
    public async Task<PreferenceSet> ReadAsync(IEnumerable<PreferenceOwner> owners, CancellationToken ct)
    {
        List<PreferenceOwner> distinct = [.. owners.Distinct()];
        if (distinct.Count == 0) return PreferenceSet.Empty;

        var (reading, alsoReading) = (store.PreferencesAsync(distinct, ct), DecidedAsync(distinct, ct));
        await Task.WhenAll(reading, alsoReading);
        return new(await reading, await alsoReading);
    }

    private async Task<IReadOnlyList<WorkflowPreference>> DecidedAsync(IEnumerable<PreferenceOwner> owners, CancellationToken ct)
    {
        List<WorkflowPreference> decided = [];
        foreach (var environment in owners.GroupBy(owner => owner.EnvironmentId))
        {
            var ids = environment.Select(owner => owner.WorkflowId).Distinct().ToList();
            await using var db = database.Open(environment.Key);
            decided.AddRange(await db.WorkflowPreferences.AsNoTracking().Where(one => ids.Contains(one.WorkflowId)).ToListAsync(ct));
        }

        return decided;
    }
}

/// <summary>What was said by many people about several workflows.</summary>
public sealed class PreferenceSet(IEnumerable<SubscriberPreference> said, IEnumerable<WorkflowPreference> decided)
{
    private readonly Dictionary<(string, string), SubscriberPreference> _said =
        said.DistinctBy(one => (one.SubscriberId, one.WorkflowId)).ToDictionary(one => (one.SubscriberId, one.WorkflowId));

    private readonly Dictionary<string, WorkflowPreference> _decided = decided.ToDictionary(one => one.WorkflowId);

    public static PreferenceSet Empty { get; } = new([], []);

    public Choices Of(WorkflowVersion version, string subscriberId) => new(version.PreferenceSettings)
    {
        Team = _decided.GetValueOrDefault(version.WorkflowId),
        Everywhere = _said.GetValueOrDefault((subscriberId, SubscriberPreference.AllWorkflows)),
        Here = _said.GetValueOrDefault((subscriberId, version.WorkflowId)),
    };
}
