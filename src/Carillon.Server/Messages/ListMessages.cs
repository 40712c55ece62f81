using Carillon.Data;
using Carillon.Data.Messages;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Messages;

/// <summary>Newest first. They are counted to ten thousand beyond the page; a total that is larger grows as one goes on.</summary>
internal static class ListMessages
{
    private const int DefaultLimit = 10;
    private const int MostLimit = 1000;
    private const int CountedAhead = 10_000;

    public sealed record Request(int Page, int Limit, string? Channel, string? SubscriberId, IReadOnlyList<string>? TransactionIds)
        : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            Number(fields["page"], 0, Fields.LastPage),
            Number(fields["limit"], DefaultLimit, MostLimit + 1),
            fields.OptionalString("channel"),
            fields.OptionalString("subscriberId"),
            fields.TextOrTexts("transactionId"));

        private static int Number(Field field, int otherwise, int most)
        {
            if (field.IsAbsent) return otherwise;

            field.AnyNumber();
            if (double.IsFinite(field.Number)) field.Integer().Min(0);
            return (int)Math.Min(field.Number, most);
        }
    }

    public static async Task<Results<Page<MessageView>, Problem>> Handle(
        Query<Request> query, CarillonDb db, MessageViews views, CancellationToken ct)
    {
        var request = query.Value;
        if (request.Limit > MostLimit) return Problem.BadRequest($"Limit can not be larger then {MostLimit}");

        var messages = request.TransactionIds is { } transactionIds ? await db.MessagesOfAsync(transactionIds, ct) : db.Messages;
        if (request.Channel is { } channel) messages = messages.Where(message => message.Channel == channel);
        if (request.SubscriberId is { } externalId)
        {
            var subscriberId = await db.Subscribers.Where(s => s.ExternalId == externalId).Select(s => s.Id).SingleOrDefaultAsync(ct);
            if (subscriberId is null) return Problem.NotFound($"Subscriber not found for id {externalId}");
            messages = messages.Where(message => message.SubscriberId == subscriberId);
        }

        // No limit and a limit of nothing are one and the same to the contract.
        return await PageAsync(messages.AsNoTracking(), request.Page, request.Limit == 0 ? DefaultLimit : request.Limit, views, ct);
    }

    private static async Task<Page<MessageView>> PageAsync(
        IQueryable<Message> messages, int page, int limit, MessageViews views, CancellationToken ct)
    {
        var from = page * limit;

        // Their ids first, and no more counted than makes no difference: a large environment has millions, and the index alone has these.
        var newest = messages.OrderByDescending(message => message.Id).Select(message => message.Id);
        var total = await newest.Take(from + limit + CountedAhead).LongCountAsync(ct);
        var ids = await newest.Skip(from).Take(limit).ToListAsync(ct);
        var found = await messages.Where(message => ids.Contains(message.Id)).OrderByDescending(message => message.Id).ToListAsync(ct);
        var shown = await views.OfAsync(found, MessageDetail.People, ct);
        return new(page, limit, shown, TotalCount: total, HasMore: from + found.Count < total && found.Count > 0);
    }
}
