using Carillon.Data;
using Carillon.Data.Outgoing;
using Carillon.Data.Subscribers;

namespace Carillon.Engine.Outgoing;

/// <summary>What endpoints are told of somebody who is new, has changed or is gone.</summary>
public static class SubscriberNews
{
    public static IEnumerable<OutgoingEvent> Of(Subscriber subscriber, IReadOnlyList<Outlet> outlets, DateTimeOffset now, Ids ids) =>
        outlets.Tell(
            subscriber.EnvironmentId,
            EventTypes.SubscriberChanged,
            new
            {
                subscriberId = subscriber.ExternalId,
                deleted = subscriber.DeletedAt is not null,
                subscriber.FirstName,
                subscriber.LastName,
                subscriber.Email,
                subscriber.Phone,
                subscriber.Avatar,
                subscriber.Locale,
                subscriber.Timezone,
                subscriber.Data,
                updatedAt = subscriber.UpdatedAt,
            },
            now,
            _ => ids.New());
}
