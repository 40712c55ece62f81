using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Integrations;

/// <summary>Makes an integration the one its channel sends through. One already in that place is left as it is.</summary>
internal static class SetPrimaryIntegration
{
    public static async Task<Results<Answer<IntegrationView>, Problem>> Handle(
        MongoId integrationId, OrganizationIntegrations integrations, IntegrationViews views,
        CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        await using var change = await integrations.BeginChangeAsync(ct);
        if (await integrations.FindAsync(integrationId, ct) is not { } integration)
            return Problem.NotFound($"Integration with id {integrationId} not found");
        if (!PriorityRules.AppliesTo(integration.Channel))
            return Problem.BadRequest($"Channel {integration.Channel} does not support primary");

        if (!integration.Primary)
        {
            PriorityRules.MakePrimary(integration, await integrations.PeersOfAsync(integration, ct));
            integration.Conditions = null;
            integration.UpdatedAt = clock.GetUtcNow();
            await db.SaveChangesAsync(ct);
        }

        await change.CommitAsync(ct);
        return Answer.Of(views.One(integration));
    }
}
