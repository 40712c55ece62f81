using Carillon.Server.Http;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.RateLimits;

namespace Carillon.Server.Outlets;

/// <summary>The customer's own endpoints, which hear what happens in an environment: /v1/webhook-endpoints, a resource of ours.</summary>
internal static class OutletEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapOutlets()
        {
            var endpoints = api.MapGroup("/webhook-endpoints").WithTags("Webhook endpoints")
                .RequireKeyOrUser().RequireAdmin().DrawsFrom(RateCategory.Configuration);

            endpoints.MapGet("/", ListEndpoints.Handle).WithSummary("The environment's endpoints");
            endpoints.MapPost("/", CreateEndpoint.Handle).NoStore().WithSummary("Add an endpoint; the answer shows its secret");
            endpoints.MapGet("/{endpointId}", GetEndpoint.Handle).WithSummary("One endpoint");
            endpoints.MapPatch("/{endpointId}", UpdateEndpoint.Handle).WithSummary("Change an endpoint, or switch it off and on");
            endpoints.MapDelete("/{endpointId}", DeleteEndpoint.Handle).WithSummary("Remove an endpoint with its log");
            endpoints.MapGet("/{endpointId}/secret", ShowSecret.Handle).NoStore().WithSummary("What its events are signed with");
            endpoints.MapPost("/{endpointId}/rotate-secret", RotateSecret.Handle).NoStore().WithSummary("Sign with a new secret, and for a day with the old one too");
            endpoints.MapPost("/{endpointId}/test", SendTestEvent.Handle).WithSummary("Send it an event that means nothing");
            endpoints.MapGet("/{endpointId}/deliveries", ListDeliveries.Handle).WithSummary("What it was sent, newest first");
            endpoints.MapPost("/{endpointId}/deliveries/replay", ReplayFailed.Handle).Answers(200).WithSummary("Send again what failed since a time");
            endpoints.MapPost("/{endpointId}/deliveries/{deliveryId}/replay", ReplayDelivery.Handle).Answers(200).WithSummary("Send one event again");
        }
    }
}
