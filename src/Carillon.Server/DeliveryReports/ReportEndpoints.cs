using Carillon.Server.Http.Access;
using Carillon.Server.Http.RateLimits;

namespace Carillon.Server.DeliveryReports;

/// <summary>Where vendors post what became of messages: /v1/webhooks.</summary>
internal static class ReportEndpoints
{
    private const string Path = "/webhooks/organizations/{organizationId}/environments/{environmentId}/{channel:regex(^(email|sms)$)}/{providerOrIntegrationId}";

    extension(IServiceCollection services)
    {
        public void AddDeliveryReports() => services
            .AddScoped<ReceiveReports>()
            .AddScoped<ReportNews>()
            .AddScoped<ReportSenders>()
            .AddScoped<ReportWriter>();
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapDeliveryReports()
        {
            var reports = api.MapGroup(Path)
                .Public("Vendors come without credentials: they sign what they post, or know an address that nobody can guess.")
                .AtAnyRate()
                .ExcludeFromDescription();

            reports.MapPost("/", ReceiveReports.Handle);

            // Some say it in the query, and some look first whether there is anybody.
            reports.MapGet("/", ReceiveReports.Handle);
        }
    }
}
