using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.InApp;

/// <summary>How many messages wait to be seen, up to a limit beyond which nobody counts.</summary>
internal static class CountUnseen
{
    private const int DefaultLimit = 100;
    private const int MostLimit = 1000;

    public sealed record Request(bool Seen, int Limit, IReadOnlyList<string>? Feeds) : IRequest<Request>
    {
        public static Request Read(Fields fields) =>
            new(fields["seen"].TextOrNull == "true", LimitOf(fields["limit"]), FeedRequest.ReadFeeds(fields));

        // What is no number counts as not given: the contract looks at the limit only then.
        private static int LimitOf(Field limit)
        {
            if (limit.NumberOrNull is not { } number) return DefaultLimit;

            limit.Max(MostLimit).Min(1).Integer();
            return (int)number;
        }
    }

    public sealed record View(int Count);

    public static async Task<Results<Answer<View>, Problem>> Handle(
        string subscriberId, Query<Request> query, CurrentEnvironment environment, CarillonDb db, CancellationToken ct)
    {
        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        if (subscriber is null)
        {
            return Problem.BadRequest(
                $"Subscriber {subscriberId} is not exist in environment {environment.Id}, please provide a valid subscriber identifier");
        }

        var (seen, limit, feeds) = query.Value;
        return Answer.Of(new View(await db.InboxOf(subscriber.Id).InFeeds(feeds, db).WithSeen(seen).CountUpToAsync(limit, ct)));
    }
}
