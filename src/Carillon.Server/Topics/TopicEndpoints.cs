using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.RateLimits;

namespace Carillon.Server.Topics;

/// <summary>Every route under /v1/topics; each handler has a file of its own name beside this one.</summary>
internal static class TopicEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddTopics() => services.AddScoped<AddTopicSubscribers>();
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapTopics()
        {
            var topics = api.MapGroup("/topics").WithTags("Topics").RequireKeyOrUser().DrawsFrom(RateCategory.Configuration);

            topics.MapPost("/", CreateTopic.Handle);
            topics.MapGet("/", ListTopics.Handle);
            topics.MapGet("/{topicKey}", GetTopic.Handle);
            topics.MapPatch("/{topicKey}", RenameTopic.Handle);
            topics.MapDelete("/{topicKey}", DeleteTopic.Handle);
            topics.MapPost("/{topicKey}/subscribers", AddTopicSubscribers.Handle).Answers(StatusCodes.Status200OK);
            topics.MapGet("/{topicKey}/subscribers/{externalSubscriberId}", GetTopicSubscriber.Handle);
            topics.MapPost("/{topicKey}/subscribers/removal", RemoveTopicSubscribers.Handle);
        }
    }
}
