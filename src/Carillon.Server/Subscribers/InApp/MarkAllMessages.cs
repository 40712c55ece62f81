using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.InApp;

/// <summary>Marks everything in a subscriber's inbox, or in some of its feeds, in one statement; answers how many that changed.</summary>
internal static class MarkAllMessages
{
    public sealed record Request(string MarkAs, IReadOnlyList<string>? Feeds) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var word = fields["markAs"].Defined();
            if (!word.IsNothing) word.OneOf(Mark.Words);
            return new(word.Text, fields.TextOrTexts("feedIdentifier"));
        }
    }

    public static async Task<Results<Answer<int>, Problem>> Handle(
        string subscriberId, Body<Request> body, CurrentEnvironment environment, CarillonDb db, Marking marking, CancellationToken ct)
    {
        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        if (subscriber is null)
        {
            return Problem.NotFound(
                $"Subscriber {subscriberId} does not exist in environment {environment.Id}, please provide a valid subscriber identifier");
        }

        return Answer.Of(await marking.MarkAllAsync(subscriber.Id, body.Value.Feeds, body.Value.MarkAs, ct));
    }
}
