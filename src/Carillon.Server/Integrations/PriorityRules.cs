using Carillon.Data.Integrations;

namespace Carillon.Server.Integrations;

/// <summary>
/// Who sends first among the active integrations of one channel of one environment: the primary has the highest priority,
/// the others count up from one, and inactive ones have none. Only e-mail and SMS are ranked.
/// </summary>
internal static class PriorityRules
{
    public static bool AppliesTo(string channel) => channel is "email" or "sms";

    /// <summary>One becomes active: it goes to the end, yet below the primary. Without a primary it becomes that, where it may.</summary>
    public static void Enter(Integration newcomer, IReadOnlyCollection<Integration> active, bool mayBePrimary)
    {
        var primary = active.FirstOrDefault(integration => integration.Primary);
        newcomer.Primary = primary is null && mayBePrimary;
        newcomer.Priority = primary?.Priority ?? active.Select(integration => integration.Priority).DefaultIfEmpty().Max() + 1;
        if (primary is not null) primary.Priority++;
    }

    /// <summary>One is no longer active, here or at all; nobody takes its place as primary.</summary>
    public static void Leave(Integration leaver, IReadOnlyCollection<Integration> remaining)
    {
        leaver.Primary = false;
        leaver.Priority = 0;
        Rank(remaining);
    }

    public static void MakePrimary(Integration chosen, IReadOnlyCollection<Integration> others)
    {
        foreach (var other in others) other.Primary = false;
        chosen.Active = true;
        chosen.Primary = true;
        Rank([.. others, chosen]);
    }

    /// <summary>Closes the gaps, keeping the order.</summary>
    public static void Rank(IReadOnlyCollection<Integration> active)
    {
        var ranked = active.OrderBy(integration => integration.Primary).ThenBy(integration => integration.Priority)
            .ThenBy(integration => integration.Id, StringComparer.Ordinal);
        foreach (var (index, integration) in ranked.Index()) integration.Priority = index + 1;
    }
}
