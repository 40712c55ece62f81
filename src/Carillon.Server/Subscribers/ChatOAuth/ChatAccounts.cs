using Carillon.Data;
using Carillon.Data.Integrations;
using Carillon.Data.Secrets;
using Carillon.Providers;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>The application at the chat provider that a link is about.</summary>
internal sealed record ChatAccount(Integration Integration, Account Credentials)
{
    public string? ClientId => Credentials.Text("clientId");
    public string ClientSecret => Credentials.Text("secretKey") ?? "";
    public string? RedirectUrl => Credentials.Text("redirectUrl");

    /// <summary>Only a plain no to signed links counts.</summary>
    public bool DoesWithoutSignature => bool.TryParse(Credentials.Text("hmac"), out var signed) && !signed;
}

/// <summary>Finds a link's account. An unknown environment and one without such an integration are answered alike.</summary>
internal sealed class ChatAccounts(CarillonDb db, CurrentEnvironment environment, SecretBox box, ChatProviders providers)
{
    private const string Channel = "chat";

    public async Task<(ChatAccount? Account, Problem? Problem)> FindAsync(ChatLink link, CancellationToken ct)
    {
        // The link says for which environment it is; from here on nothing else is seen.
        environment.Enter(link.EnvironmentId);
        if (await NewestAsync(link, ct) is not { } integration) return (null, Missing(link, "was not found"));

        var credentials = box.Open(Purpose.IntegrationCredentials, integration.Cipher);
        if (credentials == "{}") return (null, Missing(link, "missing credentials"));

        var account = new ChatAccount(integration, Account.Parse(credentials));
        return account.ClientId is null ? (null, Missing(link, "missing clientId")) : (account, null);
    }

    private async Task<Integration?> NewestAsync(ChatLink link, CancellationToken ct)
    {
        if (providers.Find(link.ProviderId) is null) return null;

        return await db.Integrations.AsNoTracking()
            .Where(integration => integration.Channel == Channel && integration.ProviderId == link.ProviderId)
            .Where(integration => link.IntegrationIdentifier == null || integration.Identifier == link.IntegrationIdentifier)
            .OrderByDescending(integration => integration.Active)
            .ThenByDescending(integration => integration.CreatedAt).ThenByDescending(integration => integration.Id)
            .FirstOrDefaultAsync(ct);
    }

    private static Problem Missing(ChatLink link, string what) =>
        Problem.NotFound($"Integration in environment {link.EnvironmentId} {what}, channel: {Channel}, providerId: {link.ProviderId}");
}
