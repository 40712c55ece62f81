using System.Text.Json;
using Carillon.Data.Integrations;
using Carillon.Engine.Templating;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Conditions;

/// <summary>Conditions of integrations. They are asked about the tenant alone, because whom it is for does not choose an account.</summary>
internal static class TenantConditions
{
    private static readonly ConditionCheck Check = new(Templates.Shared);

    public static bool AreAsked(Integration integration) => AskedOf(integration).Count > 0;

    public static bool Hold(Integration integration, JsonElement? tenant)
    {
        if (tenant is not { } data || AskedOf(integration) is not { Count: > 0 } asked) return false;

        var facts = new ConditionFacts
        {
            Now = default,
            Tenant = data,
            Words = new TemplateContext(default) { Tenant = TemplateValue.Of(data), PrintsPlain = true },
        };
        return Check.Check(asked, facts) is { IsDecided: true, Passed: true };
    }

    private static List<ConditionGroup> AskedOf(Integration integration) =>
        [.. ConditionGroup.ListOf(integration.Conditions).Where(one => one.Children.Count > 0)];
}
