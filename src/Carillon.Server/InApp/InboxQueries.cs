using Carillon.Data;
using Carillon.Data.Messages;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.InApp;

/// <summary>Which messages are somebody's inbox, and in which order.</summary>
internal static class InboxQueries
{
    extension(CarillonDb db)
    {
        public IQueryable<Message> InboxOf(string subscriberId) =>
            db.Messages.Where(message => message.SubscriberId == subscriberId && message.Channel == Message.InApp);
    }

    // Flags are written out, not compared with a parameter: that is what lets the index of what is unseen or unread answer.
    extension(IQueryable<Message> messages)
    {
        /// <summary>Only what is in feeds of these names. Of a feed that is not there is nothing to see.</summary>
        public IQueryable<Message> InFeeds(IReadOnlyList<string>? names, CarillonDb db) => names is null
            ? messages
            : messages.Where(message => db.Feeds.Any(feed => feed.Id == message.FeedId && names.Contains(feed.Name)));

        public IQueryable<Message> WithSeen(bool? seen) => seen switch
        {
            true => messages.Where(message => message.Seen),
            false => messages.Where(message => !message.Seen),
            null => messages,
        };

        public IQueryable<Message> WithRead(bool? read) => read switch
        {
            true => messages.Where(message => message.Read),
            false => messages.Where(message => !message.Read),
            null => messages,
        };

        public IQueryable<Message> WithArchived(bool? archived) => archived switch
        {
            true => messages.Where(message => message.Archived),
            false => messages.Where(message => !message.Archived),
            null => messages,
        };

        public IQueryable<Message> NewestFirst() =>
            messages.OrderByDescending(message => message.CreatedAt).ThenByDescending(message => message.Id);

        /// <summary>What comes behind this place when the newest is first.</summary>
        public IQueryable<Message> Behind(DateTimeOffset createdAt, string id) => messages.Where(message =>
            message.CreatedAt <= createdAt && (message.CreatedAt < createdAt || message.Id.CompareTo(id) < 0));

        /// <summary>How many there are, up to a limit beyond which nobody counts.</summary>
        public Task<int> CountUpToAsync(int limit, CancellationToken ct) => messages.Take(limit).CountAsync(ct);
    }
}
