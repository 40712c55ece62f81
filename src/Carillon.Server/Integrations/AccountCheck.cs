using System.Text.Json.Nodes;
using Carillon.Data.Mapping;
using Carillon.Providers;
using Carillon.Providers.Email.Smtp;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Integrations;

/// <summary>Tries an account before it is saved, without sending anything to anybody. Only mail servers can be tried like that.</summary>
internal static class AccountCheck
{
    public static async Task<Problem?> ProblemWithAsync(IProvider provider, JsonObject credentials, CancellationToken ct)
    {
        if (provider is not SmtpEmail smtp) return null;

        return await smtp.CheckAsync(Account.Parse(credentials.ToJsonString(JsonColumn.Options)), ct) switch
        {
            SendResult.Refused refused => Problem.BadRequest(refused.Reason),
            SendResult.Unavailable unavailable => Problem.BadRequest(unavailable.Reason),
            _ => null,
        };
    }
}
