using Carillon.Server.Http.Access;
using Carillon.Server.Http.RateLimits;

namespace Carillon.Server.Subscribers.V2;

/// <summary>The routes under /v2/subscribers: the same people, as clients of the contract's second version see them.</summary>
internal static class SubscriberV2Endpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapSubscribersV2()
        {
            var subscribers = api.MapGroup("/subscribers").WithTags("Subscribers").RequireKeyOrUser().DrawsFrom(RateCategory.Configuration);

            subscribers.MapGet("/", SearchSubscribers.Handle);
            subscribers.MapPost("/", PutSubscriber.Handle);
            subscribers.MapGet("/{subscriberId}", GetSubscriber.Handle);
            subscribers.MapPatch("/{subscriberId}", PatchSubscriber.Handle);
            subscribers.MapDelete("/{subscriberId}", DeleteSubscriber.Handle);
            subscribers.MapGet("/{subscriberId}/preferences", ShowPreferences.Handle);
            subscribers.MapPatch("/{subscriberId}/preferences", PatchPreferences.Handle);
            subscribers.MapGet("/{subscriberId}/subscriptions", ListSubscriptions.Handle);
        }
    }
}
