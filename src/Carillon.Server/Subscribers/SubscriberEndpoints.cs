using Carillon.Server.Http.Access;
using Carillon.Server.Http.RateLimits;
using Carillon.Server.Subscribers.ChatOAuth;
using Carillon.Server.Subscribers.Credentials;
using Carillon.Server.Subscribers.InApp;
using Carillon.Server.Subscribers.Preferences;

namespace Carillon.Server.Subscribers;

/// <summary>Every route under /v1/subscribers that shows or changes a subscriber, how to reach them, and their in-app messages.</summary>
internal static class SubscriberEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddSubscribers()
        {
            services.AddChatOAuth();
            services.AddScoped<ChannelWriter>();
            services.AddScoped<CreateSubscriber>();
            services.AddScoped<CreateSubscribers>();
            services.AddScoped<MarkMessages>();
            services.AddScoped<SetCredentials>();
            services.AddScoped<SubscriberWriter>();
        }
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapSubscribers()
        {
            var subscribers = api.MapGroup("/subscribers").WithTags("Subscribers").RequireKeyOrUser().DrawsFrom(RateCategory.Configuration);

            subscribers.MapGet("/", ListSubscribers.Handle);
            subscribers.MapPost("/", CreateSubscriber.Handle);
            subscribers.MapPost("/bulk", CreateSubscribers.Handle).CostsBulk();
            subscribers.MapGet("/{subscriberId}", GetSubscriber.Handle);
            subscribers.MapPut("/{subscriberId}", UpdateSubscriber.Handle);
            subscribers.MapDelete("/{subscriberId}", DeleteSubscriber.Handle);
            subscribers.MapPatch("/{subscriberId}/online-status", SetOnlineStatus.Handle);

            subscribers.MapPut("/{subscriberId}/credentials", SetCredentials.Replace);
            subscribers.MapPatch("/{subscriberId}/credentials", SetCredentials.Add);
            subscribers.MapDelete("/{subscriberId}/credentials/{providerId}", DeleteCredentials.Handle);

            subscribers.MapGet("/{subscriberId}/preferences", GetPreferences.Handle);
            subscribers.MapGet("/{subscriberId}/preferences/{parameter}", GetPreferences.OfLevel);
            subscribers.MapPatch("/{subscriberId}/preferences", ChangeGlobalPreference.Handle);
            subscribers.MapPatch("/{subscriberId}/preferences/{templateId}", ChangeWorkflowPreference.Handle);

            api.MapChatOAuth();

            subscribers.MapGet("/{subscriberId}/notifications/feed", GetFeed.Handle);
            subscribers.MapGet("/{subscriberId}/notifications/unseen", CountUnseen.Handle);
            subscribers.MapPost("/{subscriberId}/messages/markAs", FlagMessages.Handle);
            subscribers.MapPost("/{subscriberId}/messages/mark-as", MarkMessages.Handle);
            subscribers.MapPost("/{subscriberId}/messages/mark-all", MarkAllMessages.Handle);
            subscribers.MapPost("/{subscriberId}/messages/{messageId}/actions/{type}", TakeAction.Handle);
        }
    }
}
