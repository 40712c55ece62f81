using Carillon.Data;
using Carillon.Data.Integrations;
using Carillon.Server.Http.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Carillon.Server.Integrations;

/// <summary>
/// The integrations of the caller's organization, in all its environments, because that is how they are managed: here the
/// organization's id takes the place of the environment filter.
/// </summary>
internal sealed class OrganizationIntegrations(CarillonDb db, Caller caller)
{
    private readonly string _organizationId = caller.OrganizationId;

    public IQueryable<Integration> All => db.Integrations
        .IgnoreQueryFilters(new[] { CarillonDb.EnvironmentFilter })
        .Where(integration => integration.OrganizationId == _organizationId);

    /// <summary>
    /// Begins a change that no other change of the organization's integrations runs beside: ranks and primaries are decided by
    /// looking at all of them. Writing the row, even with what it holds, makes the next one wait.
    /// </summary>
    public async Task<IDbContextTransaction> BeginChangeAsync(CancellationToken ct)
    {
        var change = await db.Database.BeginTransactionAsync(ct);
        await db.Organizations.Where(organization => organization.Id == _organizationId).ExecuteUpdateAsync(
            update => update.SetProperty(organization => organization.Name, organization => organization.Name), ct);
        return change;
    }

    public Task<Integration?> FindAsync(string id, CancellationToken ct) => All.SingleOrDefaultAsync(integration => integration.Id == id, ct);

    public Task<bool> OwnsAsync(string environmentId, CancellationToken ct) => db.Environments.AnyAsync(
        environment => environment.Id == environmentId && environment.OrganizationId == _organizationId, ct);

    /// <summary>The active ones of the same channel and environment, without the one itself.</summary>
    public Task<List<Integration>> PeersOfAsync(Integration integration, CancellationToken ct) => All
        .Where(peer => peer.Active && peer.Channel == integration.Channel
            && peer.EnvironmentId == integration.EnvironmentId && peer.Id != integration.Id)
        .ToListAsync(ct);

    /// <summary>An inbox is one per environment, active or not.</summary>
    public Task<bool> HasInboxAsync(string environmentId, CancellationToken ct) => All.AnyAsync(
        integration => integration.EnvironmentId == environmentId && integration.Channel == "in_app", ct);
}
