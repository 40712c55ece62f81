using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.InApp;

namespace Carillon.Server.Widgets;

/// <summary>Marks everything, or what is in some feeds; answers how many that changed.</summary>
internal static class MarkEverything
{
    public sealed record Request(IReadOnlyList<string>? Feeds) : IRequest<Request>
    {
        static Request IRequest<Request>.Read(Fields fields) => new(FeedRequest.ReadFeeds(fields, "feedId"));
    }

    public static async Task<Answer<int>> Read(Body<Request> body, Caller caller, Marking marking, CancellationToken ct) =>
        Answer.Of(await marking.MarkAllAsync(caller.SubscriberId, body.Value.Feeds, "read", ct));

    public static async Task<Answer<int>> Seen(Body<Request> body, Caller caller, Marking marking, CancellationToken ct) =>
        Answer.Of(await marking.MarkAllAsync(caller.SubscriberId, body.Value.Feeds, "seen", ct));
}
