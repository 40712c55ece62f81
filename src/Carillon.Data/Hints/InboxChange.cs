namespace Carillon.Data.Hints;

/// <summary>What an open inbox has to be told: that this message has come, or that a count may be another.</summary>
public sealed record InboxChange(string SubscriberId, InboxCounts Counts, string? MessageId = null);

[Flags]
public enum InboxCounts
{
    None = 0,
    Unseen = 1,
    Unread = 2,
    Both = Unseen | Unread,
}
