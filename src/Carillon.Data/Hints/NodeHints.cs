using System.Globalization;
using System.Security.Cryptography;

namespace Carillon.Data.Hints;

/// <summary>
/// What every way between nodes has in common. Within the process a hint is heard at once; how it gets to others, and what of theirs
/// comes here, is each one's own. What a node hears of itself is passed over.
/// </summary>
public abstract class NodeHints : IHints
{
    private const char EventsDueWord = 'e';
    private const char LargeEventsDueWord = 'm';
    private const char RunsDueWord = 'r';
    private const char RunsClaimedWord = 'c';
    private const char LostWord = 'l';

    public event Action? EventsDue;
    public event Action? LargeEventsDue;
    public event Action? RunsDue;
    public event Action<RunsClaimed>? RunsClaimed;
    public event Action? OutgoingDue;
    public event Action<InboxChange>? InboxChanged;
    public event Action<HintGap>? Missed;

    /// <summary>Tells this process's hints from those of others.</summary>
    protected string Node { get; } = RandomNumberGenerator.GetHexString(8, lowercase: true);

    public void TellEventsDue()
    {
        EventsDue?.Invoke();
        PublishWork(EventsDueWord);
    }

    public void TellLargeEventsDue()
    {
        LargeEventsDue?.Invoke();
        PublishWork(LargeEventsDueWord);
    }

    public void TellRunsDue()
    {
        RunsDue?.Invoke();
        PublishWork(RunsDueWord);
    }

    public void TellRunsClaimed(int count) => PublishClaimed(count);

    public void TellOutgoingDue() => OutgoingDue?.Invoke();

    public void TellInboxChanged(InboxChange change)
    {
        InboxChanged?.Invoke(change);
        PublishInbox(change);
    }

    public abstract void Follow(string subscriberId);

    public abstract void Unfollow(string subscriberId);

    public abstract Task RunAsync(CancellationToken stop);

    protected abstract void PublishWork(char word);

    protected abstract void PublishClaimed(int count);

    protected abstract void PublishInbox(InboxChange change);

    protected void HearWork(string node, string words)
    {
        if (words is [LostWord, .. var since])
        {
            TellMissed(new(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(since, CultureInfo.InvariantCulture))));
            return;
        }

        if (words is [RunsClaimedWord, .. var count])
        {
            if (int.TryParse(count, CultureInfo.InvariantCulture, out var claimed)) RunsClaimed?.Invoke(new(node, claimed));
            return;
        }

        foreach (var word in words)
        {
            if (word == EventsDueWord) EventsDue?.Invoke();
            if (word == LargeEventsDueWord) LargeEventsDue?.Invoke();
            if (word == RunsDueWord) RunsDue?.Invoke();
        }
    }

    protected void HearInbox(InboxChange change) => InboxChanged?.Invoke(change);

    protected void TellMissed(HintGap gap) => Missed?.Invoke(gap);

    /// <summary>That this node has told things since then that nobody may have heard.</summary>
    protected static string LostSince(DateTimeOffset since) =>
        string.Create(CultureInfo.InvariantCulture, $"{LostWord}{since.ToUnixTimeMilliseconds()}");

    /// <summary>That this node has claimed so many runs.</summary>
    internal static string Claimed(int count) => string.Create(CultureInfo.InvariantCulture, $"{RunsClaimedWord}{count}");

    /// <summary>A change in one line, and back.</summary>
    protected static string Written(InboxChange change) =>
        string.Create(CultureInfo.InvariantCulture, $"{change.SubscriberId} {(int)change.Counts} {change.MessageId}");

    protected static InboxChange Read(string line)
    {
        var parts = line.Split(' ');
        return new(parts[0], (InboxCounts)int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2].Length == 0 ? null : parts[2]);
    }
}
