using Carillon.Data;
using Carillon.Data.Messages;
using Carillon.Engine.Chores;
using Carillon.Engine.Running;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Views;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Realtime.Inboxes;

/// <summary>Reads what open inboxes are to be told, for many of one environment at a time: new messages, and how many wait.</summary>
internal sealed class InboxNews(Database database, WorkflowVersions versions, RetentionOptions retention)
{
    private const int OneMore = Frames.MostCounted + 1;

    public async Task<News> ReadAsync(
        string environmentId, string organizationId, IReadOnlyDictionary<string, Pending> pending, CancellationToken ct)
    {
        await using var db = database.Open(environmentId);
        var messages = await MessagesAsync(db, pending, ct);
        var views = await new MessageViews(db, versions, Acting(environmentId, organizationId), retention).OfAsync(messages, MessageDetail.One, ct);
        return new(views.ToLookup(view => view.SubscriberId), await CountsAsync(db, environmentId, [.. pending.Keys], ct));
    }

    private static async Task<IReadOnlyList<Message>> MessagesAsync(
        CarillonDb db, IReadOnlyDictionary<string, Pending> pending, CancellationToken ct)
    {
        var named = pending.Values.SelectMany(one => one.MessageIds).ToList();
        var messages = named.Count == 0 ? [] : await InApp(db).Where(message => named.Contains(message.Id)).ToListAsync(ct);
        if (pending.Values.Min(one => one.Since) is { } since)
        {
            var missing = pending.Where(one => one.Value.Since is not null).Select(one => one.Key).ToList();
            var found = await InApp(db).Where(message => missing.Contains(message.SubscriberId) && message.CreatedAt >= since).ToListAsync(ct);
            messages.AddRange(found.Where(message => message.CreatedAt >= pending[message.SubscriberId].Since));
        }

        return [.. messages.DistinctBy(message => message.Id).OrderBy(message => message.CreatedAt).ThenBy(message => message.Id, StringComparer.Ordinal)];
    }

    private static IQueryable<Message> InApp(CarillonDb db) => db.Messages.AsNoTracking().Where(message => message.Channel == Message.InApp);

    // Theirs is the environment's by being theirs: see the index.
    private static async Task<IReadOnlyDictionary<string, (int Unseen, int Unread)>> CountsAsync(
        CarillonDb db, string environmentId, IReadOnlyList<string> subscriberIds, CancellationToken ct)
    {
        var counted = await (
            from subscriber in db.Subscribers.IgnoreQueryFilters(new[] { CarillonDb.EnvironmentFilter })
            where subscriber.EnvironmentId == environmentId && subscriberIds.Contains(subscriber.Id)
            select new
            {
                subscriber.Id,
                Unseen = db.Messages
                    .Where(message => message.SubscriberId == subscriber.Id && message.Channel == Message.InApp && !message.Seen)
                    .Take(OneMore).Count(),
                Unread = db.Messages
                    .Where(message => message.SubscriberId == subscriber.Id && message.Channel == Message.InApp && !message.Read)
                    .Take(OneMore).Count(),
            }).ToListAsync(ct);
        return counted.ToDictionary(row => row.Id, row => (row.Unseen, row.Unread));
    }

    // The views show whose messages these are, which here no caller says.
    private static Caller Acting(string environmentId, string organizationId)
    {
        var caller = new Caller();
        caller.Become(new Identity(Scheme.Subscriber, null, organizationId, []) { EnvironmentId = environmentId });
        return caller;
    }
}

internal sealed record News(
    ILookup<string, MessageView> Messages, IReadOnlyDictionary<string, (int Unseen, int Unread)> Counts);
