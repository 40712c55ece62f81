using Carillon.Server.Http.Access;

namespace Carillon.Server.Feeds;

/// <summary>Every route under /v1/feeds.</summary>
internal static class FeedEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddFeeds() => services.AddScoped<CreateFeed>();
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapFeeds()
        {
            var feeds = api.MapGroup("/feeds").WithTags("Feeds").RequireKeyOrUser();

            feeds.MapPost("/", CreateFeed.Handle);
            feeds.MapGet("/", ListFeeds.Handle);
            feeds.MapDelete("/{feedId}", DeleteFeed.Handle);
        }
    }
}
