using System.Diagnostics.CodeAnalysis;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Subscribers;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Notifications;

/// <summary>Newest events first, and within one event its people: the order of the index that holds them.</summary>
internal static class ListNotifications
{
    private const int PageSize = 10;
    private const string InTheDatabase = "It becomes SQL, which knows no cultures.";

    private static readonly IQueryable<Subscriber>[] NoOne = [];

    public sealed record Request : IRequest<Request>
    {
        public required int Page { get; init; }
        public IReadOnlyList<string>? Channels { get; private init; }
        public IReadOnlyList<string>? Templates { get; private init; }
        public IReadOnlyList<string>? Emails { get; private init; }
        public IReadOnlyList<string>? SubscriberIds { get; private init; }
        public string? Search { get; private init; }
        public string? TransactionId { get; private init; }

        public bool IsAboutSomebody => Emails is not null || SubscriberIds is not null || !string.IsNullOrEmpty(Search);

        public static Request Read(Fields fields) => new()
        {
            Page = PageOf(fields["page"]),
            Channels = OneOrMany(fields, "channels", field => field.EachOneOf("in_app", "email", "sms", "chat", "push")),
            Templates = OneOrMany(fields, "templates", field => field.EachMongoId()),
            Emails = fields.TextOrTexts("emails"),
            SubscriberIds = fields.TextOrTexts("subscriberIds"),
            Search = fields.OptionalString("search"),
            TransactionId = fields.OptionalString("transactionId"),
        };

        private static int PageOf(Field page)
        {
            if (page.IsAbsent) return 0;

            page.AnyNumber();
            if (double.IsFinite(page.Number)) page.Integer().NotLess(0).NotGreater(Fields.LastPage);
            return (int)page.Number;
        }

        private static IReadOnlyList<string>? OneOrMany(Fields fields, string name, Func<Field, Field> rule)
        {
            var field = fields[name];
            if (field.IsNothing) return null;

            rule(field);
            return field.TextOrNull is { } one ? [one] : field.Texts;
        }
    }

    public static async Task<Page<NotificationView>> Handle(
        Query<Request> query, CarillonDb db, NotificationViews views, CancellationToken ct)
    {
        var request = query.Value;
        var runs = await FilterAsync(db, request, ct);

        // What they are sorted by first, which the index alone has: a late page passes over many rows, and should not read them.
        var places = await runs
            .OrderByDescending(run => run.EventId).ThenByDescending(run => run.SubscriberId)
            .Skip(request.Page * PageSize).Take(PageSize + 1)
            .Select(run => new { run.EventId, run.SubscriberId })
            .ToListAsync(ct);
        var shown = places.Take(PageSize).Select(place => (place.EventId, place.SubscriberId)).ToHashSet();
        var found = await AtAsync(db, shown, ct);

        return new(request.Page, PageSize, await views.OfAsync(found, ct), HasMore: places.Count > PageSize);
    }

    private static async Task<List<Run>> AtAsync(CarillonDb db, HashSet<(string EventId, string SubscriberId)> places, CancellationToken ct)
    {
        var eventIds = places.Select(place => place.EventId).Distinct().ToList();
        var subscriberIds = places.Select(place => place.SubscriberId).Distinct().ToList();
        var found = await db.Runs.AsNoTracking()
            .Where(run => eventIds.Contains(run.EventId) && subscriberIds.Contains(run.SubscriberId))
            .OrderByDescending(run => run.EventId).ThenByDescending(run => run.SubscriberId)
            .ToListAsync(ct);
        return [.. found.Where(run => places.Contains((run.EventId, run.SubscriberId)))];
    }

    private static async Task<IQueryable<Run>> FilterAsync(CarillonDb db, Request request, CancellationToken ct)
    {
        IQueryable<Run> runs = db.Runs;
        if (request.Templates is { } workflowIds) runs = runs.Where(run => workflowIds.Contains(run.WorkflowId));
        if (request.IsAboutSomebody)
        {
            var people = People(db, request);
            runs = runs.Where(run => people.Contains(run.SubscriberId));
        }

        if (request.TransactionId is { } transactionId)
        {
            var eventIds = await db.Events.OfTransactions(transactionId).Select(e => e.Id).ToListAsync(ct);
            runs = runs.Where(run => eventIds.Contains(run.EventId));
        }

        if (request.Channels is { } channels)
        {
            var asked = StepChannelNames.Of(channels);
            var known = await db.WorkflowVersions.Select(version => version.Channels).Distinct().ToListAsync(ct);

            // Where no workflow ever had one, there is no need to look at every notification for it.
            runs = known.Exists(one => (one & asked) != 0)
                ? runs.Where(run => db.WorkflowVersions.Any(version => version.Id == run.VersionId && (version.Channels & asked) != 0))
                : runs.Where(run => false);
        }

        return runs;
    }

    // Each by an index of its own, and only what is asked for.
    private static IQueryable<string> People(CarillonDb db, Request request)
    {
        IQueryable<Subscriber>[] asked =
        [
            .. request.Emails is { } emails ? [db.Subscribers.Where(subscriber => emails.Contains(subscriber.Email))] : NoOne,
            .. request.SubscriberIds is { } externalIds ? [db.Subscribers.Where(subscriber => externalIds.Contains(subscriber.ExternalId))] : NoOne,
            .. string.IsNullOrEmpty(request.Search) ? NoOne : Matching(db.Subscribers, request.Search),
        ];
        return asked.Select(people => people.Select(subscriber => subscriber.Id)).Aggregate((all, more) => all.Union(more));
    }

    [SuppressMessage("Globalization", "CA1304", Justification = InTheDatabase)]
    [SuppressMessage("Globalization", "CA1311", Justification = InTheDatabase)]
    [SuppressMessage("Performance", "CA1862", Justification = InTheDatabase)]
    private static IQueryable<Subscriber>[] Matching(IQueryable<Subscriber> subscribers, string search)
    {
        var part = search.ToLowerInvariant();
        return
        [
            subscribers.Where(subscriber => subscriber.ExternalId == search),
            subscribers.Where(subscriber => subscriber.Email!.ToLower().Contains(part)),
        ];
    }
}
