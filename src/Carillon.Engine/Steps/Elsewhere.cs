using System.Collections.Frozen;
using Carillon.Data.Integrations;
using Carillon.Engine.Running;
using Carillon.Providers;

namespace Carillon.Engine.Steps;

/// <summary>The same message through the channel's other integrations. Whoever names one integration wants that one and no other.</summary>
internal static class Elsewhere
{
    public static IEnumerable<Dispatch> Of<TProvider>(
        RunWork work, Integration first, FrozenDictionary<string, IProvider> providers, Func<Integration, TProvider, Dispatch> through)
        where TProvider : class, IProvider
    {
        var named = new Overrides(work.Subject.Content.Overrides, first.Channel).Text("integrationIdentifier");
        if (!string.IsNullOrEmpty(named)) return [];

        return from integration in work.Subject.Environment.Others(first)
               let provider = providers.GetValueOrDefault(integration.ProviderId) as TProvider
               where provider is not null
               select through(integration, provider);
    }
}
