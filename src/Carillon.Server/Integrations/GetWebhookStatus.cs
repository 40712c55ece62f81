using Carillon.Data;
using Carillon.Data.Integrations;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Integrations;

/// <summary>Whether what a vendor posts back about messages can be read.</summary>
internal static class GetWebhookStatus
{
    public static async Task<Results<Answer<bool>, Problem>> Handle(
        string providerOrIntegrationId, CarillonDb db, AccountFields accounts, CancellationToken ct)
    {
        var isProvider = accounts.Find(providerOrIntegrationId) is not null;
        var found = await FindAsync(db, providerOrIntegrationId, isProvider, ct);
        if (found.FirstOrDefault(one => !isProvider || accounts.Open(one).Count > 0) is not { } integration)
            return Problem.NotFound($"Integration for {providerOrIntegrationId} was not found");
        if (accounts.Open(integration).Count == 0)
            return Problem.BadRequest($"Integration {integration.Id} doesn't have credentials set up");

        return integration.Channel is "email" or "sms"
            ? Answer.Of(accounts.Find(integration.ProviderId)?.Info.Reports is not null)
            : Problem.BadRequest($"Webhook for {integration.ProviderId}-{integration.Channel} is not supported yet");
    }

    private static Task<List<Integration>> FindAsync(CarillonDb db, string name, bool isProvider, CancellationToken ct) => db.Integrations
        .AsNoTracking()
        .Where(integration => isProvider ? integration.ProviderId == name : integration.Id == name)
        .OrderBy(integration => integration.CreatedAt).ThenBy(integration => integration.Id)
        .ToListAsync(ct);
}
