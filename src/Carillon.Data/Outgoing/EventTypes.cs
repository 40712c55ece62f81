namespace Carillon.Data.Outgoing;

/// <summary>Everything that endpoints can hear of.</summary>
public static class EventTypes
{
    public const string MessageSent = "message.sent";
    public const string MessageFailed = "message.failed";
    public const string MessageDelivered = "message.delivered";
    public const string MessageSeen = "message.seen";
    public const string MessageRead = "message.read";
    public const string PreferenceChanged = "preference.changed";
    public const string SubscriberChanged = "subscriber.changed";
    public const string WorkflowPublished = "workflow.published";

    /// <summary>Sent when somebody asks for it, to an endpoint of whatever types.</summary>
    public const string Test = "endpoint.test";

    public static IReadOnlyList<string> All { get; } =
    [
        MessageDelivered, MessageFailed, MessageRead, MessageSeen, MessageSent, PreferenceChanged, SubscriberChanged, WorkflowPublished,
    ];
}
