using System.Diagnostics.CodeAnalysis;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Notifications;

/// <summary>Newest events first, and within one event its people: the order of the index that holds them.</summary>
internal static class ListNotifications
{
    private const int PageSize = 10;
    private const string InTheDatabase = "It becomes SQL, which knows no cultures.";

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
        var found = await runs.AsNoTracking()
            .OrderByDescending(run => run.EventId).ThenByDescending(run => run.SubscriberId)
            .Skip(request.Page * PageSize).Take(PageSize + 1)
            .ToListAsync(ct);

        var shown = await views.OfAsync([.. found.Take(PageSize)], ct);
        return new(request.Page, PageSize, shown, HasMore: found.Count > PageSize);
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
            var eventIds = await db.Events.Where(e => e.TransactionId == transactionId).Select(e => e.Id).ToListAsync(ct);
            runs = runs.Where(run => eventIds.Contains(run.EventId));
        }

        if (request.Channels is { } channels)
        {
            var versionIds = await WithStepsOnAsync(db, channels, ct);
            runs = runs.Where(run => versionIds.Contains(run.VersionId));
        }

        return runs;
    }

    [SuppressMessage("Globalization", "CA1304", Justification = InTheDatabase)]
    [SuppressMessage("Globalization", "CA1311", Justification = InTheDatabase)]
    [SuppressMessage("Performance", "CA1862", Justification = InTheDatabase)]
    private static IQueryable<string> People(CarillonDb db, Request request)
    {
        var emails = request.Emails ?? [];
        var externalIds = request.SubscriberIds ?? [];
        var search = string.IsNullOrEmpty(request.Search) ? null : request.Search;
        var part = search?.ToLowerInvariant();
        return db.Subscribers
            .Where(subscriber => emails.Contains(subscriber.Email) || externalIds.Contains(subscriber.ExternalId)
                || (search != null && (subscriber.ExternalId == search || subscriber.Email!.ToLower().Contains(part!))))
            .Select(subscriber => subscriber.Id);
    }

    private static async Task<IReadOnlyList<string>> WithStepsOnAsync(CarillonDb db, IReadOnlyList<string> channels, CancellationToken ct)
    {
        var versions = await db.WorkflowVersions.AsNoTracking().Select(version => new { version.Id, version.Steps }).ToListAsync(ct);
        return [.. versions.Where(version => version.Steps.Any(step => step.Active && channels.Contains(step.Type))).Select(version => version.Id)];
    }
}
