using Carillon.Server.Http.Access;

namespace Carillon.Server.WorkflowOverrides;

/// <summary>Every route under /v1/workflow-overrides. Like workflows they are made in Development, and only there.</summary>
internal static class OverrideEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapWorkflowOverrides()
        {
            var overrides = api.MapGroup("/workflow-overrides").WithTags("Workflows-Overrides").RequireKeyOrUser().RequireDevelopment();

            overrides.MapPost("/", CreateOverride.Handle);
            overrides.MapGet("/", ListOverrides.Handle);
            overrides.MapGet("/{overrideId}", GetOverride.Handle);
            overrides.MapGet("/workflows/{workflowId}/tenants/{tenantId}", GetOverrideOfTenant.Handle);
            overrides.MapPut("/{overrideId}", UpdateOverride.Handle);
            overrides.MapPut("/workflows/{workflowId}/tenants/{tenantId}", UpdateOverrideOfTenant.Handle);
            overrides.MapDelete("/{overrideId}", DeleteOverride.Handle);
        }
    }
}
