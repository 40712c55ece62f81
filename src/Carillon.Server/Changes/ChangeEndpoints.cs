using Carillon.Server.Changes.Promotion;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.RateLimits;

namespace Carillon.Server.Changes;

/// <summary>Every route under /v1/changes.</summary>
internal static class ChangeEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddChanges() => services
            .AddScoped<ChangeViews>()
            .AddScoped<FeedPromotion>()
            .AddScoped<GroupPromotion>()
            .AddScoped<LayoutPromotion>()
            .AddScoped<Promotions>()
            .AddScoped<Publishing>()
            .AddScoped<StepPromotion>()
            .AddScoped<WorkflowPromotion>();
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapChanges()
        {
            var changes = api.MapGroup("/changes").WithTags("Changes").RequireKeyOrUser();

            changes.MapGet("/", ListChanges.Handle);
            changes.MapGet("/count", CountChanges.Handle);
            changes.MapPost("/bulk/apply", ApplyChanges.Handle).CostsBulk();
            changes.MapPost("/{changeId}/apply", ApplyChange.Handle);
        }
    }
}
