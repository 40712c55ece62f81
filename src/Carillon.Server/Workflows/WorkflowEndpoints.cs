using Carillon.Server.Http.Access;
using Carillon.Server.Workflows.Steps;

namespace Carillon.Server.Workflows;

/// <summary>Every route under /v1/workflows, and under the name that older clients know them by.</summary>
internal static class WorkflowEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddWorkflows() => services
            .AddScoped<CreateWorkflow>()
            .AddScoped<StepParts>()
            .AddSingleton<StepRules>()
            .AddScoped<StepWriter>()
            .AddSingleton<TriggerWriter>()
            .AddScoped<UpdateWorkflow>()
            .AddScoped<WorkflowSave>();
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapWorkflows()
        {
            var workflows = api.MapGroup("/workflows").WithTags("Workflows").RequireKeyOrUser();
            Map(workflows);
            workflows.MapGet("/variables", ListVariables.Handle);

            Map(api.MapGroup("/notification-templates").WithTags("Notification templates").RequireKeyOrUser());
        }
    }

    private static void Map(RouteGroupBuilder workflows)
    {
        workflows.MapGet("/", ListWorkflows.Handle);
        workflows.MapGet("/{idOrIdentifier}", GetWorkflow.Handle);
        workflows.MapPost("/", CreateWorkflow.Handle).RequireDevelopment();
        workflows.MapPut("/{id}", UpdateWorkflow.Handle);
        workflows.MapPut("/{templateId}/status", SetWorkflowStatus.Handle).RequireDevelopment();
        workflows.MapDelete("/{templateId}", DeleteWorkflow.Handle).RequireDevelopment();
    }
}
