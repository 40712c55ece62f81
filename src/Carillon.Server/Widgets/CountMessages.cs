using Carillon.Data;
using Carillon.Data.Messages;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Widgets;

/// <summary>How many messages there are, up to a limit beyond which nobody counts.</summary>
internal static class CountMessages
{
    private const int MostLimit = 100;

    /// <summary>What is no number counts as no limit given.</summary>
    public sealed record Request(bool? Seen, bool? Read, double Limit, IReadOnlyList<string>? Feeds) : IRequest<Request>
    {
        static Request IRequest<Request>.Read(Fields fields) => new(
            fields.OptionalBool("seen"), fields.OptionalBool("read"), LimitIn(fields), FeedRequest.ReadFeeds(fields));

        public static double LimitIn(Fields fields) => fields["limit"].NumberOrNull ?? MostLimit;
    }

    /// <summary>Here only the word <c>true</c> is true, and everything else is not.</summary>
    public sealed record FlagRequest(bool Seen, bool Read, double Limit, IReadOnlyList<string>? Feeds) : IRequest<FlagRequest>
    {
        static FlagRequest IRequest<FlagRequest>.Read(Fields fields) => new(
            fields["seen"].TextOrNull == "true", fields["read"].TextOrNull == "true", Request.LimitIn(fields), FeedRequest.ReadFeeds(fields));
    }

    public sealed record View(int Count);

    public static Task<Results<Answer<View>, Problem>> Unseen(Query<FlagRequest> query, Caller caller, CarillonDb db, CancellationToken ct) =>
        CountAsync(db.InboxOf(caller.SubscriberId).InFeeds(query.Value.Feeds, db).WithSeen(query.Value.Seen), query.Value.Limit, ct);

    public static Task<Results<Answer<View>, Problem>> Unread(Query<FlagRequest> query, Caller caller, CarillonDb db, CancellationToken ct) =>
        CountAsync(db.InboxOf(caller.SubscriberId).InFeeds(query.Value.Feeds, db).WithRead(query.Value.Read), query.Value.Limit, ct);

    public static Task<Results<Answer<View>, Problem>> Handle(Query<Request> query, Caller caller, CarillonDb db, CancellationToken ct)
    {
        var request = query.Value;
        var seen = request is { Seen: null, Read: null } ? false : request.Seen;
        return CountAsync(db.InboxOf(caller.SubscriberId).InFeeds(request.Feeds, db).WithSeen(seen).WithRead(request.Read), request.Limit, ct);
    }

    private static async Task<Results<Answer<View>, Problem>> CountAsync(IQueryable<Message> messages, double limit, CancellationToken ct) => limit switch
    {
        > MostLimit => Problem.BadRequest($"limit must not be greater than {MostLimit}"),
        < 1 => Problem.BadRequest("limit must not be less than 1"),
        _ => Answer.Of(new View(await messages.CountUpToAsync((int)limit, ct))),
    };
}
