using Carillon.Data.Hints;

namespace Carillon.Server.Realtime.Inboxes;

/// <summary>What an open inbox is to be told next, all that was heard since the last time in one.</summary>
internal sealed class Pending
{
    public InboxCounts Counts { get; private set; }

    public HashSet<string> MessageIds { get; } = [];

    /// <summary>Since when messages may have come that nobody told us of.</summary>
    public DateTimeOffset? Since { get; private set; }

    public void Add(InboxChange change)
    {
        // Counts follow a message when it is told, which it may have been by somebody who looked for what was missed.
        if (change.MessageId is { } id) MessageIds.Add(id);
        else Counts |= change.Counts;
    }

    public void LookSince(DateTimeOffset instant, InboxCounts counts)
    {
        Counts |= counts;
        Since = Since < instant ? Since : instant;
    }

    public void Add(Pending other)
    {
        Counts |= other.Counts;
        MessageIds.UnionWith(other.MessageIds);
        if (other.Since is { } since) LookSince(since, InboxCounts.None);
    }
}
