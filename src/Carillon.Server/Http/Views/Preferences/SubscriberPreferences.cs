using Carillon.Data;
using Carillon.Data.Outgoing;
using Carillon.Data.Preferences;
using Carillon.Data.Workflows;
using Carillon.Engine.Preferences;
using Carillon.Server.Http.Recording;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Http.Views.Preferences;

/// <summary>
/// Reads and changes what subscribers want, for every route that does: of the API, of widgets and of the inbox. Subscribers are
/// named by their own id, not by the application's.
/// </summary>
internal sealed class SubscriberPreferences(CarillonDb db, CurrentEnvironment environment, Outbox outbox, TimeProvider clock)
{
    /// <summary>What holds of every active workflow, oldest first.</summary>
    public async Task<IReadOnlyList<WorkflowPreferences>> ListAsync(string subscriberId, CancellationToken ct) =>
        await ReadAsync(subscriberId, db.Workflows.Where(workflow => workflow.Active), ct);

    /// <summary>What holds of one workflow; null where there is none.</summary>
    public async Task<WorkflowPreferences?> FindAsync(string subscriberId, string workflowId, CancellationToken ct) =>
        (await ReadAsync(subscriberId, db.Workflows.Where(workflow => workflow.Id == workflowId), ct)).SingleOrDefault();

    /// <summary>What was said about all workflows, if anything was.</summary>
    public async Task<SubscriberPreference?> GlobalAsync(string subscriberId, CancellationToken ct) =>
        await Said(subscriberId).AsNoTracking().SingleOrDefaultAsync(said => said.WorkflowId == SubscriberPreference.AllWorkflows, ct);

    /// <summary>
    /// Changes what was said about one workflow, or about all of them. Of two who change the same at once one has the last word;
    /// of two who change different channels neither undoes the other's.
    /// </summary>
    public Task<SubscriberPreference> ChangeAsync(string subscriberId, string workflowId, PreferenceChange change, CancellationToken ct) =>
        db.RetryLostRacesAsync(async () =>
        {
            var preference = await Said(subscriberId).SingleOrDefaultAsync(said => said.WorkflowId == workflowId, ct)
                ?? Add(subscriberId, workflowId);
            change.ApplyTo(preference);
            preference.UpdatedAt = clock.GetUtcNow();
            await TellAsync(preference, ct);
            await db.SaveChangesAsync(ct);
            return preference;
        });

    private async Task TellAsync(SubscriberPreference said, CancellationToken ct)
    {
        if (!await outbox.WantsAsync(EventTypes.PreferenceChanged, ct)) return;

        var subscriberId = await db.Subscribers.Where(one => one.Id == said.SubscriberId).Select(one => one.ExternalId).SingleOrDefaultAsync(ct);
        var workflow = await db.Workflows.Where(one => one.Id == said.WorkflowId).Select(one => one.Identifier).SingleOrDefaultAsync(ct);
        await outbox.TellAsync(EventTypes.PreferenceChanged, () => PreferenceNews.Of(said, subscriberId, workflow), ct);
    }

    private async Task<IReadOnlyList<WorkflowPreferences>> ReadAsync(string subscriberId, IQueryable<Workflow> workflows, CancellationToken ct)
    {
        var found = await (
            from workflow in workflows.AsNoTracking()
            join version in db.WorkflowVersions.AsNoTracking() on workflow.VersionId equals version.Id
            join team in db.WorkflowPreferences.AsNoTracking() on workflow.Id equals team.WorkflowId into decisions
            from team in decisions.DefaultIfEmpty()
            orderby workflow.CreatedAt, workflow.Id
            select new { workflow, version, team }).ToListAsync(ct);
        var set = new PreferenceSet(
            await Said(subscriberId).AsNoTracking().ToListAsync(ct),
            found.Select(row => row.team).OfType<WorkflowPreference>());

        return [.. found.Select(row => new WorkflowPreferences(row.workflow, row.version, set.Of(row.version, subscriberId)))];
    }

    private IQueryable<SubscriberPreference> Said(string subscriberId)
    {
        short bucket = Ids.BucketOf(subscriberId);
        return db.SubscriberPreferences.Where(said => said.Bucket == bucket && said.SubscriberId == subscriberId);
    }

    private SubscriberPreference Add(string subscriberId, string workflowId)
    {
        var now = clock.GetUtcNow();
        var made = new SubscriberPreference
        {
            Bucket = Ids.BucketOf(subscriberId),
            SubscriberId = subscriberId,
            WorkflowId = workflowId,
            EnvironmentId = environment.Id,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(made);
        return made;
    }
}
