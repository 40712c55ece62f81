using Carillon.Server.Http.Access;
using Carillon.Server.Http.RateLimits;

namespace Carillon.Server.Topics.V2;

/// <summary>The routes under /v2/topics: the same topics, as clients of the contract's second version see them.</summary>
internal static class TopicV2Endpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapTopicsV2()
        {
            var topics = api.MapGroup("/topics").WithTags("Topics").RequireKeyOrUser().DrawsFrom(RateCategory.Configuration);

            topics.MapGet("/", SearchTopics.Handle);
            topics.MapPost("/", PutTopic.Handle);
            topics.MapGet("/{topicKey}", FindTopic.Handle);
            topics.MapPatch("/{topicKey}", PatchTopic.Handle);
            topics.MapDelete("/{topicKey}", RemoveTopic.Handle);
            topics.MapGet("/{topicKey}/subscriptions", ListSubscriptions.Handle);
            topics.MapPost("/{topicKey}/subscriptions", AddSubscriptions.Handle);
            topics.MapDelete("/{topicKey}/subscriptions", RemoveSubscriptions.Handle);
        }
    }
}
