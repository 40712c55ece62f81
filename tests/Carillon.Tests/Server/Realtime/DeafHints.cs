using Carillon.Data.Hints;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Tests.Server.Realtime;

/// <summary>Hints that never bring news of an inbox, as when the way between nodes is cut.</summary>
internal sealed class DeafHints : IHints
{
    public event Action? EventsDue;
    public event Action? RunsDue;
    public event Action<InboxChange>? InboxChanged
    {
        add { }
        remove { }
    }

    public event Action<DateTimeOffset>? Missed;

    public void TellMissed(DateTimeOffset since) => Missed?.Invoke(since);

    public void TellEventsDue() => EventsDue?.Invoke();

    public void TellRunsDue() => RunsDue?.Invoke();

    public void TellInboxChanged(InboxChange change)
    {
    }

    public void Follow(string subscriberId)
    {
    }

    public void Unfollow(string subscriberId)
    {
    }
}

internal static class DeafHintsRegistration
{
    extension(IServiceCollection services)
    {
        public void AddSingletonHints(IHints hints) => services.AddSingleton(hints);
    }
}
