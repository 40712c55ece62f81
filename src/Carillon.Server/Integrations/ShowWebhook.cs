using Carillon.Data;
using Carillon.Providers.Reports;
using Carillon.Server.Http;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Integrations;

/// <summary>
/// Where the vendor is to post what became of messages. A vendor that signs is believed by its signature: where it signs with a key of
/// its own, once that key is among the credentials; until then by the token in the address.
/// </summary>
internal static class ShowWebhook
{
    public sealed record View(string Url, bool Signed, string? SigningKey, bool HasSigningKey, Uri Docs);

    public static async Task<Results<Answer<View>, Problem>> Handle(
        MongoId integrationId, CarillonDb db, AccountFields accounts, ReportAddresses addresses, CancellationToken ct)
    {
        if (await db.Integrations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == integrationId.Text, ct) is not { } integration)
            return Problem.NotFound($"Integration with id {integrationId} not found");
        if (accounts.Find(integration.ProviderId)?.Info.Reports is not { } reports)
            return Problem.NotFound($"Provider with {integration.ProviderId} can not handle webhooks");

        return Answer.Of(new View(
            addresses.Of(integration),
            reports.Signature is not null,
            reports.Signature?.Key?.Key,
            accounts.Open(integration).ContainsKey(ReportSignature.KeyName),
            reports.DocsUrl));
    }
}
