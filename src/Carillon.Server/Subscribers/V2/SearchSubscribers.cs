using System.Diagnostics.CodeAnalysis;
using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Data.Subscribers;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.V2;

/// <summary>Subscribers with an address, a number or an id, or with a part of a name.</summary>
internal static class SearchSubscribers
{
    private const string InTheDatabase = "It becomes SQL, which knows no cultures.";

    public sealed record Request(Cursor Cursor, string? Email, string? Name, string? Phone, string? SubscriberId) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            Cursor.Read(fields), Text(fields, "email"), Text(fields, "name")?.ToLowerInvariant(), Text(fields, "phone"), Text(fields, "subscriberId"));

        private static string? Text(Fields fields, string name) => fields.OptionalString(name) is { Length: > 0 } text ? text : null;
    }

    public static async Task<Unwrapped<CursorPage<SubscriberView>>> Handle(
        Query<Request> query, CarillonDb db, SecretBox box, CancellationToken ct)
    {
        var found = await query.Value.Cursor.FindAsync(Wanted(db.Subscribers, query.Value).Select(subscriber => subscriber.Id), ct);
        var rows = await db.Subscribers.AsNoTracking().Where(subscriber => found.Ids.Contains(subscriber.Id)).ToListAsync(ct);
        return found.Show(await SubscriberView.ListAsync(rows, db, box, ct), subscriber => subscriber.ObjectId);
    }

    [SuppressMessage("Globalization", "CA1304", Justification = InTheDatabase)]
    [SuppressMessage("Globalization", "CA1311", Justification = InTheDatabase)]
    [SuppressMessage("Performance", "CA1862", Justification = InTheDatabase)]
    private static IQueryable<Subscriber> Wanted(IQueryable<Subscriber> subscribers, Request request)
    {
        if (request.Email is { } email) subscribers = subscribers.Where(subscriber => subscriber.Email == email);
        if (request.Phone is { } phone) subscribers = subscribers.Where(subscriber => subscriber.Phone == phone);
        if (request.SubscriberId is { } externalId) subscribers = subscribers.Where(subscriber => subscriber.ExternalId == externalId);
        return request.Name is { } part
            ? subscribers.Where(subscriber => ((subscriber.FirstName ?? "") + " " + (subscriber.LastName ?? "")).ToLower().Contains(part))
            : subscribers;
    }
}
