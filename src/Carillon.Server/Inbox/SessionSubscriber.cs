using Carillon.Server.Http.Input;
using Carillon.Server.Subscribers;

namespace Carillon.Server.Inbox;

/// <summary>
/// Whom a component wants to act for: older ones send <c>subscriberId</c>, newer ones <c>subscriber</c> with the id and more in it. What was
/// sent is what the application vouches for.
/// </summary>
internal sealed record SessionSubscriber(string Id, string SentId, SubscriberProfile Profile)
{
    public static SessionSubscriber Read(Fields fields) =>
        fields["subscriberId"].IsNothing && fields["subscriber"].Nested(OfNewest) is { } newest
            ? newest
            : new(SubscriberProfile.ReadId(fields), fields["subscriberId"].Text, SubscriberProfile.Empty);

    private static SessionSubscriber OfNewest(Fields fields) =>
        new(SubscriberProfile.ReadId(fields), fields["subscriberId"].Text, SubscriberProfile.ReadNew(fields));
}
