using Carillon.Data.Integrations;
using Carillon.Server.Http.Access;

namespace Carillon.Server.Integrations;

/// <summary>Shows integrations to this caller. Every answer is made here, so that none is less careful with secrets than another.</summary>
internal sealed class IntegrationViews(AccountFields accounts, Caller caller)
{
    public IntegrationView One(Integration integration) => AsStored(IntegrationView.Of(integration, accounts.Show(integration, caller)));

    /// <summary>What is left after a change, which unlike other lists says nothing where nothing is stored.</summary>
    public IReadOnlyList<IntegrationView> Left(IEnumerable<Integration> integrations) => [.. List(integrations).Select(AsStored)];

    public IReadOnlyList<IntegrationView> List(IEnumerable<Integration> integrations) =>
        [.. integrations.Select(integration => IntegrationView.InList(integration, accounts.Show(integration, caller)))];

    private static IntegrationView AsStored(IntegrationView view) => view.Credentials is { Count: 0 } ? view with { Credentials = null } : view;
}
