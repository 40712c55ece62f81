using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Tenants;
using Carillon.Data.Workflows;
using Carillon.Engine.Tenants;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Engine.Triggering;

/// <summary>The tenants that some calls name, and whether these calls' workflows are active for them.</summary>
internal sealed class CallTenants
{
    private readonly Dictionary<string, Tenant> _tenants;
    private readonly ILookup<(string WorkflowId, string TenantId), WorkflowOverride> _overrides;

    private CallTenants(Dictionary<string, Tenant> tenants, IEnumerable<WorkflowOverride> overrides) =>
        (_tenants, _overrides) = (tenants, overrides.ToLookup(one => (one.WorkflowId, one.TenantId)));

    /// <summary>Of calls that name none.</summary>
    public static CallTenants None { get; } = new([], []);

    public static async Task<CallTenants> ReadAsync(
        Lazy<CarillonDb> db, IReadOnlyList<TriggerCall> calls, IReadOnlyCollection<TriggeredWorkflow> workflows, CancellationToken ct)
    {
        var identifiers = calls.Select(IdentifierOf).OfType<string>().Distinct().ToList();
        if (identifiers.Count == 0) return None;

        var tenants = await db.Value.Tenants.AsNoTracking()
            .Where(tenant => identifiers.Contains(tenant.Identifier))
            .ToDictionaryAsync(tenant => tenant.Identifier, ct);
        var (workflowIds, tenantIds) = (workflows.Select(workflow => workflow.Id).ToList(), tenants.Values.Select(tenant => tenant.Id).ToList());
        var overrides = await db.Value.WorkflowOverrides.AsNoTracking()
            .Where(one => workflowIds.Contains(one.WorkflowId) && tenantIds.Contains(one.TenantId))
            .OrderBy(one => one.CreatedAt).ThenBy(one => one.Id)
            .ToListAsync(ct);
        return new(tenants, overrides);
    }

    public static string? IdentifierOf(TriggerCall call) => call.Tenant is { } tenant ? TenantObject.IdentifierOf(tenant) : null;

    public Tenant? Of(TriggerCall call) => IdentifierOf(call) is { } identifier ? _tenants.GetValueOrDefault(identifier) : null;

    /// <summary>A tenant's override decides, either way; the workflow where there is none.</summary>
    public bool IsActive(TriggeredWorkflow workflow, Tenant? tenant) =>
        tenant is not null && _overrides[(workflow.Id, tenant.Id)].FirstOrDefault() is { } said ? said.Active : workflow.Active;
}
