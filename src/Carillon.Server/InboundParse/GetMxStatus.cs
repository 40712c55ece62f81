using Carillon.Data;
using Carillon.Server.Configuration;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.InboundParse;

/// <summary>Looks whether the environment's domain sends its mail here, and remembers the answer.</summary>
internal static class GetMxStatus
{
    public sealed record View(bool MxRecordConfigured);

    public static async Task<Results<Answer<View>, Problem>> Handle(
        CurrentEnvironment current, CarillonDb db, MailExchanges exchanges, InboundMailOptions options, CancellationToken ct)
    {
        var environment = await db.Environments.SingleAsync(found => found.Id == current.Id, ct);
        if (environment.Settings.InboundParseDomain is not { } domain) return Answer.Of(new View(false));
        if (string.IsNullOrEmpty(options.Domain)) return Problem.BadRequest("Carillon:InboundMail:Domain is not set");

        var isSet = await exchanges.LeadAsync(domain, options.Domain, ct);
        environment.Settings = environment.Settings with { MxRecordConfigured = isSet };
        await db.SaveChangesAsync(ct);
        return Answer.Of(new View(isSet));
    }
}
