using Carillon.Data.Integrations;
using Carillon.Server.Http.Access;

namespace Carillon.Server.Integrations;

/// <summary>Shows integrations to this caller. Every answer is made here, so that none is less careful with secrets than another.</summary>
internal sealed class IntegrationViews(AccountFields accounts, Caller caller)
{
    public IntegrationView One(Integration integration) => IntegrationView.Of(integration, accounts.Show(integration, caller));

    public IReadOnlyList<IntegrationView> List(IEnumerable<Integration> integrations) =>
        [.. integrations.Select(integration => IntegrationView.InList(integration, accounts.Show(integration, caller)))];
}
