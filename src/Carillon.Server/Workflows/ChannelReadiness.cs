using Carillon.Data.Integrations;

namespace Carillon.Server.Workflows;

/// <summary>Whether what a workflow wants to send could leave: which channels have an active integration, and a primary one.</summary>
internal sealed record ChannelReadiness(bool HasActiveIntegrations, bool? HasPrimaryIntegrations, IReadOnlyDictionary<string, ChannelReadiness.Channel> Channels)
{
    private static readonly string[] All = ["in_app", "email", "sms", "chat", "push"];
    private static readonly string[] WithPrimary = ["email", "sms"];

    public static ChannelReadiness Of(IEnumerable<string> stepTypes, IReadOnlyCollection<Integration> active)
    {
        var used = stepTypes.Where(All.Contains).ToHashSet();
        var ranked = used.Where(WithPrimary.Contains).ToList();
        var channels = All.ToDictionary(name => name, name => Channel.Of(name, active));

        return new(
            used.All(name => channels[name].HasActiveIntegrations),
            ranked.Count == 0 ? null : ranked.TrueForAll(name => channels[name].HasPrimaryIntegrations == true),
            channels);
    }

    internal sealed record Channel(bool HasActiveIntegrations, bool? HasPrimaryIntegrations)
    {
        public static Channel Of(string name, IReadOnlyCollection<Integration> active) => new(
            active.Any(integration => integration.Channel == name),
            WithPrimary.Contains(name) ? active.Any(integration => integration.Channel == name && integration.Primary) : null);
    }
}
