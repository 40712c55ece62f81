using Carillon.Data;
using Carillon.Data.Messages;
using Carillon.Data.Outgoing;

namespace Carillon.Engine.Running;

/// <summary>What endpoints are told of the messages of a run: that they went out, or could not.</summary>
internal static class MessageNews
{
    private const int MostOutlets = 1_000;

    public static IReadOnlyList<RunNews> Of(RunWork work) =>
    [
        .. from message in work.Messages
           from news in Of(work, message)
           select new RunNews(message.RunId, message.EventId, news),
    ];

    // The account grows with everything that happens, so that a message that is tried again gets new ids, and a commit that is the same.
    private static IEnumerable<OutgoingEvent> Of(RunWork work, Message message) => work.Subject.Environment.Outlets.Tell(
        message.EnvironmentId,
        message.Status == Message.Sent ? EventTypes.MessageSent : EventTypes.MessageFailed,
        new
        {
            id = message.Id,
            transactionId = work.Subject.Event.TransactionId,
            notificationId = message.RunId,
            subscriberId = work.Subject.Subscriber.ExternalId,
            workflow = work.Subject.Version.Identifier,
            message.Channel,
            message.ProviderId,
            message.Identifier,
            message.Status,
            message.ErrorText,
        },
        message.CreatedAt,
        place => IdOf(message, (work.Run.Trace.Length * MostOutlets) + place));

    // As old as what it tells of, however long ago the run began.
    private static string IdOf(Message message, int place) =>
        string.Concat(Ids.FirstOf(message.CreatedAt).AsSpan(0, 8), Ids.OfPart(message.Id, place).AsSpan(8));
}
