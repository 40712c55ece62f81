using Carillon.Data;
using Carillon.Data.Integrations;
using Carillon.Data.Secrets;
using Carillon.Providers;
using Carillon.Providers.Reports;
using Carillon.Server.Http;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;
using System.Collections.Frozen;

namespace Carillon.Server.DeliveryReports;

/// <summary>Who may be speaking: one vendor's accounts, and how it reports.</summary>
internal sealed record ReportSource(VendorReports Reports, IReadOnlyList<(Integration Integration, Account Account)> Accounts);

/// <summary>Finds out which integration it is whose vendor speaks to us.</summary>
internal sealed class ReportSenders(
    CarillonDb db, FrozenDictionary<string, IProvider> providers, SecretBox box, ReportAddresses addresses, TimeProvider clock)
{
    public async Task<(ReportSource? Source, Problem? Problem)> FindAsync(string organizationId, string channel, string name, CancellationToken ct)
    {
        var found = await db.Integrations.AsNoTracking()
            .Where(one => one.OrganizationId == organizationId && one.Channel == channel && (one.Id == name || one.ProviderId == name))
            .OrderBy(one => one.CreatedAt).ThenBy(one => one.Id)
            .ToListAsync(ct);
        if (found.Count == 0) return (null, Problem.NotFound($"Integration for {name} was not found"));
        if (providers.GetValueOrDefault(found[0].ProviderId)?.Info.Reports is not { } reports)
            return (null, Problem.NotFound($"Provider with {found[0].ProviderId} can not handle webhooks"));

        List<(Integration, Account)> accounts = [];
        foreach (var integration in found)
        {
            var credentials = box.Open(Purpose.IntegrationCredentials, integration.Cipher);
            if (credentials != "{}") accounts.Add((integration, Account.Parse(credentials)));
        }

        return accounts.Count == 0
            ? (null, Problem.BadRequest($"Integration {found[0].Id} doesn't have credentials set up"))
            : (new(reports, accounts), null);
    }

    /// <summary>The integration whose signature or token is right; where it is none's, why.</summary>
    public async Task<(Integration? Integration, Problem? Problem)> WhoSaysAsync(
        ReportSource source, ReportRequest request, string token, CancellationToken ct)
    {
        var worst = SignatureVerdict.Missing;
        foreach (var (integration, account) in source.Accounts)
        {
            var verdict = await CheckAsync(source.Reports.Signature, request, (integration, account), token, ct);
            if (verdict == SignatureVerdict.Right) return (integration, null);
            if (verdict != SignatureVerdict.Missing) worst = verdict;
        }

        return (null, Problem.Unauthorized(worst switch
        {
            SignatureVerdict.Old => "The signature is too old",
            SignatureVerdict.Wrong => "The signature is wrong",
            _ => "Neither a signature nor the token of the address shows who sent this",
        }));
    }

    private async ValueTask<SignatureVerdict> CheckAsync(
        ReportSignature? signature, ReportRequest request, (Integration Integration, Account Account) who, string token, CancellationToken ct)
    {
        var knowsAddress = addresses.IsTokenOf(who.Integration, token);
        var isSigned = signature is not null && (signature.Key is null || who.Account.Text(signature.Key.Key) is not null);
        if (!isSigned) return knowsAddress ? SignatureVerdict.Right : SignatureVerdict.Missing;
        if (!signature!.NamesAccount && !knowsAddress) return SignatureVerdict.Missing;

        return await signature.CheckAsync(request, who.Account, clock.GetUtcNow(), ct);
    }
}
