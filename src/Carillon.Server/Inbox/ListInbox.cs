using Carillon.Data;
using Carillon.Data.Messages;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Inbox;

/// <summary>One's notifications, newest first; the next page begins behind the last one of this, or as many further on.</summary>
internal static class ListInbox
{
    public sealed record Request(int Limit, string? After, int Offset, NotificationFilter Filter) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var limit = fields.Limit(@default: 10, max: 100);
            var after = fields["after"].Optional();
            after.Must(Ids.IsId(after.Text), "The after cursor must be a valid MongoDB ObjectId");
            var offset = fields["offset"].IsAbsent ? 0 : fields["offset"].Integer().NotLess(0).NotGreater(Fields.LastPage).Number;
            var tags = fields["tags"].Optional().Array().TextsOrNull;
            return new(limit, after.TextOrNull?.ToLowerInvariant(), (int)offset, new(tags, Flag(fields["read"]), Flag(fields["archived"])));
        }

        // Only the word true is true, and everything else that is said is not.
        private static bool? Flag(Field field) => field.IsNothing ? null : field.TextOrNull == "true";
    }

    public sealed record View(IReadOnlyList<InboxNotification> Data, bool HasMore, NotificationFilter Filter);

    public static async Task<Results<Unwrapped<View>, Problem>> Handle(
        Query<Request> query, Caller caller, CarillonDb db, Tagged tagged, InboxNotifications notifications, CancellationToken ct)
    {
        var (limit, after, offset, filter) = query.Value;
        if (filter.Check() is { } contradiction) return contradiction;

        var messages = await filter.ApplyAsync(db.InboxOf(caller.SubscriberId), tagged, ct);
        if (after is not null)
        {
            if (await PlaceOfAsync(after, caller, db, ct) is not { } place) return Problem.BadRequest(["after must be the id of one of the notifications"]);
            messages = messages.Behind(place.CreatedAt, after);
        }

        // One more than is shown, to know whether there is more.
        var found = await messages.AsNoTracking().NewestFirst().Skip(after is null ? offset : 0).Take(limit + 1).ToListAsync(ct);
        return new Unwrapped<View>(new(await notifications.OfAsync([.. found.Take(limit)], ct), found.Count > limit, filter));
    }

    // Removed or not: what came behind it still does.
    private static Task<Message?> PlaceOfAsync(string id, Caller caller, CarillonDb db, CancellationToken ct) =>
        db.InboxOf(caller.SubscriberId).IgnoreQueryFilters([CarillonDb.DeletedFilter]).AsNoTracking()
            .SingleOrDefaultAsync(message => message.Id == id, ct);
}
