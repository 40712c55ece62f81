using Carillon.Data.Hints;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Tests.Server.Realtime;

/// <summary>Hints that never bring news of an inbox, as when the way between nodes is cut.</summary>
internal sealed class DeafHints : IHints
{
    public event Action? EventsDue;
    public event Action? LargeEventsDue;
    public event Action? RunsDue;
    public event Action? OutgoingDue;
    public event Action<InboxChange>? InboxChanged
    {
        add { }
        remove { }
    }

    public event Action<RunsClaimed>? RunsClaimed
    {
        add { }
        remove { }
    }

    public event Action<HintGap>? Missed;

    /// <summary>Told that news of somebody is wanted from now on.</summary>
    public event Action? Followed;

    public void TellMissed(DateTimeOffset since) => Missed?.Invoke(new(since));

    public void TellEventsDue() => EventsDue?.Invoke();

    public void TellLargeEventsDue() => LargeEventsDue?.Invoke();

    public void TellRunsDue() => RunsDue?.Invoke();

    public void TellRunsClaimed(int count)
    {
    }

    public void TellOutgoingDue() => OutgoingDue?.Invoke();

    public void TellInboxChanged(InboxChange change)
    {
    }

    public void Follow(string subscriberId) => Followed?.Invoke();

    public void Unfollow(string subscriberId)
    {
    }

    public Task RunAsync(CancellationToken stop) => Task.CompletedTask;
}

internal static class DeafHintsRegistration
{
    extension(IServiceCollection services)
    {
        public void AddSingletonHints(IHints hints) => services.AddSingleton(hints);
    }
}
