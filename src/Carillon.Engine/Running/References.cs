using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Layouts;
using Carillon.Data.Tenants;
using Carillon.Data.Workflows;
using Carillon.Engine.Steps.Email;
using Carillon.Engine.Tenants;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Engine.Running;

/// <summary>What an event names besides people. <paramref name="Override"/> is what its tenant changes in the workflow.</summary>
public sealed record EventReferences(Tenant? Tenant, WorkflowOverride? Override, IReadOnlyList<Layout> Layouts)
{
    public static EventReferences None { get; } = new(null, null, []);
}

/// <summary>Reads what events name, for many at a time: a query for each kind and environment, and none where nothing is named.</summary>
internal sealed class References(Database database)
{
    private readonly Dictionary<string, EventReferences> _known = [];

    public bool Knows(Event e) => _known.ContainsKey(e.Id);

    public EventReferences Of(Event e) => _known[e.Id];

    public async Task ReadAsync(IReadOnlyCollection<(Event Event, EventContent Content, WorkflowVersion Version)> events, CancellationToken ct)
    {
        foreach (var environment in events.Select(e => new Named(e.Event, e.Content, e.Version)).GroupBy(named => named.Event.EnvironmentId))
        {
            if (environment.All(named => named.IsNothing))
                Keep(environment, [], [], []);
            else
                await ReadAsync(environment.Key, [.. environment], ct);
        }
    }

    private async Task ReadAsync(string environmentId, IReadOnlyList<Named> named, CancellationToken ct)
    {
        await using var db = database.Open(environmentId);
        var tenants = await TenantsAsync(db, [.. named.Select(one => one.Tenant).OfType<string>().Distinct()], ct);
        var overrides = await OverridesAsync(db, [.. named.Select(one => one.Event.WorkflowId).Distinct()], [.. tenants.Select(tenant => tenant.Id)], ct);
        var layouts = await LayoutsAsync(
            db,
            [.. named.SelectMany(one => one.LayoutIds).Distinct()],
            [.. named.Select(one => one.LayoutIdentifier).OfType<string>().Distinct()],
            ct);
        Keep(named, tenants, overrides, layouts);
    }

    private void Keep(
        IEnumerable<Named> named, IReadOnlyList<Tenant> tenants, IReadOnlyList<WorkflowOverride> overrides, IReadOnlyList<Layout> layouts)
    {
        foreach (var one in named)
        {
            var tenant = tenants.FirstOrDefault(tenant => tenant.Identifier == one.Tenant);
            _known[one.Event.Id] = new(
                tenant,
                overrides.FirstOrDefault(said => said.WorkflowId == one.Event.WorkflowId && said.TenantId == tenant?.Id),
                [.. layouts.Where(layout => one.LayoutIds.Contains(layout.Id) || layout.Identifier == one.LayoutIdentifier)]);
        }
    }

    private static async Task<IReadOnlyList<Tenant>> TenantsAsync(CarillonDb db, List<string> identifiers, CancellationToken ct) =>
        identifiers.Count == 0 ? [] : await db.Tenants.AsNoTracking().Where(tenant => identifiers.Contains(tenant.Identifier)).ToListAsync(ct);

    private static async Task<IReadOnlyList<WorkflowOverride>> OverridesAsync(
        CarillonDb db, List<string> workflowIds, List<string> tenantIds, CancellationToken ct) =>
        tenantIds.Count == 0
            ? []
            : await db.WorkflowOverrides.AsNoTracking()
                .Where(one => workflowIds.Contains(one.WorkflowId) && tenantIds.Contains(one.TenantId))
                .OrderBy(one => one.CreatedAt).ThenBy(one => one.Id)
                .ToListAsync(ct);

    private static async Task<IReadOnlyList<Layout>> LayoutsAsync(
        CarillonDb db, List<string> ids, List<string> identifiers, CancellationToken ct) =>
        ids.Count + identifiers.Count == 0
            ? []
            : await db.Layouts.AsNoTracking()
                .Where(layout => ids.Contains(layout.Id) || identifiers.Contains(layout.Identifier))
                .ToListAsync(ct);

    private sealed record Named(Event Event, EventContent Content, WorkflowVersion Version)
    {
        public string? Tenant { get; } = Content.Tenant is { } tenant ? TenantObject.IdentifierOf(tenant) : null;
        public IReadOnlyList<string> LayoutIds { get; } = [.. Version.AllSteps.Select(step => step.Template.LayoutId).OfType<string>()];
        public string? LayoutIdentifier { get; } = MailLayout.IdentifierIn(Content);
        public bool IsNothing => Tenant is null && LayoutIds.Count == 0 && LayoutIdentifier is null;
    }
}
