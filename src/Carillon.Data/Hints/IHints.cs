namespace Carillon.Data.Hints;

/// <summary>
/// Says that there may be something to do, so that nobody waits for the next look: within a process, and to the other nodes. A hint
/// may be lost without anything but time being lost, and telling one never waits; every listener also looks by itself.
/// </summary>
public interface IHints
{
    /// <summary>Events have just begun to wait.</summary>
    event Action? EventsDue;

    /// <summary>Events wait that have shown that they are large.</summary>
    event Action? LargeEventsDue;

    event Action? RunsDue;

    /// <summary>Another node has claimed runs.</summary>
    event Action<RunsClaimed>? RunsClaimed;

    /// <summary>Events wait for endpoints. Only this process hears of it: whoever writes them also carries them.</summary>
    event Action? OutgoingDue;

    /// <summary>Somebody's inbox changed. Other nodes' changes are heard of only for those whom this node follows.</summary>
    event Action<InboxChange>? InboxChanged;

    /// <summary>What others told may have been missed: look by yourself.</summary>
    event Action<HintGap>? Missed;

    void TellEventsDue();

    void TellLargeEventsDue();

    void TellRunsDue();

    /// <summary>Tells the other nodes that this one has claimed so many runs.</summary>
    void TellRunsClaimed(int count);

    void TellOutgoingDue();

    void TellInboxChanged(InboxChange change);

    void Follow(string subscriberId);

    void Unfollow(string subscriberId);

    /// <summary>Keeps in touch with the other nodes until it is stopped.</summary>
    Task RunAsync(CancellationToken stop);
}
