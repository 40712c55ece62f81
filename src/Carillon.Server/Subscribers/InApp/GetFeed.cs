using Carillon.Data;
using Carillon.Data.Messages;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.InApp;

/// <summary>A subscriber's in-app messages, newest first. The total says how many are on this page, as the contract has it.</summary>
internal sealed class GetFeed(CarillonDb db, MessageViews views, PayloadSearch search)
{
    public sealed record Request(int Page, int Limit, IReadOnlyList<string>? Feeds, bool? Read, bool? Seen, string? Payload)
        : IRequest<Request>
    {
        static Request IRequest<Request>.Read(Fields fields) => new(
            fields.Page(),
            fields.Limit(@default: 10, max: 100),
            fields.TextOrTexts("feedIdentifier"),
            fields.OptionalBool("read"),
            fields.OptionalBool("seen"),
            fields.OptionalString("payload"));
    }

    public static Task<Results<Page<MessageView>, Problem>> Handle(
        string subscriberId, Query<Request> query, GetFeed operation, CancellationToken ct) =>
        operation.RunAsync(subscriberId, query.Value, ct);

    private async Task<Results<Page<MessageView>, Problem>> RunAsync(string externalId, Request request, CancellationToken ct)
    {
        var filter = request.Payload is { } text ? PayloadFilter.Parse(text) : null;
        if (request.Payload is not null && filter is null) return Problem.BadRequest(PayloadFilter.Complaint);

        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == externalId, ct);
        if (subscriber is null)
        {
            return Problem.BadRequest(
                $"Subscriber not found for this environment with the id: {externalId}. Make sure to create a subscriber before fetching the feed.");
        }

        var messages = Wanted(subscriber.Id, request);
        var skip = request.Page * request.Limit;

        // One more than is shown, to know whether there is more.
        var found = filter is null
            ? await messages.Skip(skip).Take(request.Limit + 1).ToListAsync(ct)
            : await search.FindAsync(messages, filter, skip, request.Limit + 1, ct);
        var shown = found.Take(request.Limit).ToList();
        return new Page<MessageView>(
            request.Page, request.Limit, await views.OfAsync(shown, MessageDetail.Workflow, ct), shown.Count, found.Count > shown.Count);
    }

    private IQueryable<Message> Wanted(string subscriberId, Request request)
    {
        var messages = db.InboxOf(subscriberId).InFeeds(request.Feeds, db).AsNoTracking();
        if (request.Read is { } read) messages = messages.Where(message => message.Read == read);
        if (request.Seen is { } seen) messages = messages.Where(message => message.Seen == seen);
        return messages.OrderByDescending(message => message.Id);
    }
}
