using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Integrations;

/// <summary>Those of all environments of the organization, oldest first.</summary>
internal static class ListIntegrations
{
    public static async Task<Answer<IReadOnlyList<IntegrationView>>> All(
        OrganizationIntegrations integrations, IntegrationViews views, CancellationToken ct)
    {
        var found = await integrations.All.AsNoTracking()
            .OrderBy(integration => integration.CreatedAt).ThenBy(integration => integration.Id)
            .ToListAsync(ct);
        return Answer.Of(views.List(found));
    }

    public static async Task<Answer<IReadOnlyList<IntegrationView>>> Active(
        OrganizationIntegrations integrations, IntegrationViews views, CancellationToken ct)
    {
        var found = await integrations.All.AsNoTracking()
            .Where(integration => integration.Active)
            .OrderBy(integration => integration.CreatedAt).ThenBy(integration => integration.Id)
            .ToListAsync(ct);
        return Answer.Of(views.List(found));
    }
}
