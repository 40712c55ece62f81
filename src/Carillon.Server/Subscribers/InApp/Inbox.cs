using Carillon.Data;
using Carillon.Data.Messages;

namespace Carillon.Server.Subscribers.InApp;

/// <summary>Which messages a subscriber's in-app routes are about.</summary>
internal static class Inbox
{
    extension(CarillonDb db)
    {
        public IQueryable<Message> InboxOf(string subscriberId) =>
            db.Messages.Where(message => message.SubscriberId == subscriberId && message.Channel == Message.InApp);
    }

    extension(IQueryable<Message> messages)
    {
        /// <summary>Only what is in feeds of these names. Of a feed that is not there is nothing to see.</summary>
        public IQueryable<Message> InFeeds(IReadOnlyList<string>? names, CarillonDb db) => names is null
            ? messages
            : messages.Where(message => db.Feeds.Any(feed => feed.Id == message.FeedId && names.Contains(feed.Name)));
    }
}
