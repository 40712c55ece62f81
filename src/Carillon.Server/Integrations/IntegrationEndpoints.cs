using Carillon.Server.Http;
using Carillon.Server.Http.Access;

namespace Carillon.Server.Integrations;

/// <summary>Every route under /v1/integrations. Integrations belong to an environment and are managed by their organization.</summary>
internal static class IntegrationEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddIntegrations() => services
            .AddSingleton<AccountFields>()
            .AddScoped<CreateIntegration>()
            .AddScoped<IntegrationViews>()
            .AddScoped<OrganizationIntegrations>()
            .AddScoped<UpdateIntegration>();
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapIntegrations()
        {
            var integrations = api.MapGroup("/integrations").WithTags("Integrations").RequireKeyOrUser();

            integrations.MapGet("/", ListIntegrations.All);
            integrations.MapGet("/active", ListIntegrations.Active);
            integrations.MapGet("/webhook/provider/{providerOrIntegrationId}/status", GetWebhookStatus.Handle);
            integrations.MapGet("/in-app/status", GetInAppStatus.Handle).RequireUser();
            integrations.MapGet("/{channelType}/limit", GetChannelLimit.Handle).RequireUser();
            integrations.MapGet("/{integrationId}/webhook", ShowWebhook.Handle).RequireAdmin().NoStore()
                .WithSummary("Where the vendor is to post what became of messages");
            integrations.MapPost("/", CreateIntegration.Handle);
            integrations.MapPut("/{integrationId}", UpdateIntegration.Handle);
            integrations.MapDelete("/{integrationId}", DeleteIntegration.Handle);
            integrations.MapPost("/{integrationId}/set-primary", SetPrimaryIntegration.Handle);
        }
    }
}
