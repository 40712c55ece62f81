using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Integrations;

/// <summary>Marks an integration as deleted and answers with those that the session's environment has left.</summary>
internal static class DeleteIntegration
{
    public static async Task<Results<Answer<IReadOnlyList<IntegrationView>>, Problem>> Handle(
        MongoId integrationId, OrganizationIntegrations integrations, IntegrationViews views, Caller caller,
        CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        await using (var change = await integrations.BeginChangeAsync(ct))
        {
            if (await integrations.FindAsync(integrationId, ct) is not { } integration)
                return Problem.NotFound($"Entity with id {integrationId} not found");

            if (PriorityRules.AppliesTo(integration.Channel))
                PriorityRules.Leave(integration, await integrations.PeersOfAsync(integration, ct));
            integration.DeletedAt = clock.GetUtcNow();
            integration.DeletedBy = caller.UserId;
            await db.SaveChangesAsync(ct);
            await change.CommitAsync(ct);
        }

        var left = await db.Integrations.AsNoTracking()
            .OrderBy(integration => integration.CreatedAt).ThenBy(integration => integration.Id)
            .ToListAsync(ct);
        return Answer.Of(views.Left(left));
    }
}
