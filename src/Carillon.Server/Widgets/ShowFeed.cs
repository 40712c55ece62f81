using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Widgets;

internal static class ShowFeed
{
    public static async Task<Results<Page<MessageView>, Problem>> Handle(
        Query<FeedRequest> query, Caller caller, InboxFeed feed, CancellationToken ct) =>
        PayloadFilter.ProblemWith(query.Value.Payload) is { } problem
            ? problem
            : await feed.PageAsync(caller.SubscriberId, query.Value, ct);
}
