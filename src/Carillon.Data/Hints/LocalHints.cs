namespace Carillon.Data.Hints;

/// <summary>Hints within one process, where nothing can be missed.</summary>
public sealed class LocalHints : IHints
{
    public event Action? EventsDue;
    public event Action? RunsDue;
    public event Action<InboxChange>? InboxChanged;

    /// <summary>Never told: whoever listens here hears everything.</summary>
    public event Action<DateTimeOffset>? Missed
    {
        add { }
        remove { }
    }

    public void TellEventsDue() => EventsDue?.Invoke();

    public void TellRunsDue() => RunsDue?.Invoke();

    public void TellInboxChanged(InboxChange change) => InboxChanged?.Invoke(change);

    public void Follow(string subscriberId)
    {
    }

    public void Unfollow(string subscriberId)
    {
    }
}
