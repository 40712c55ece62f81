using Carillon.Server.Configuration;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>Shows that the application made the link. It is demanded unless both the integration and the operator do without.</summary>
internal sealed class LinkSignature(SubscriberHashes hashes, ChatOAuthOptions options)
{
    public async Task<Problem?> ProblemWithAsync(ChatLink link, ChatAccount account, CancellationToken ct)
    {
        if (account.DoesWithoutSignature && options.AllowUnsigned) return null;
        if (string.IsNullOrEmpty(link.HmacHash))
            return Problem.BadRequest("Hmac is enabled on the integration, please provide a HMAC hash on the request params");

        return await hashes.VouchAsync(link.SubscriberId, link.HmacHash, ct)
            ? null
            : Problem.BadRequest("Hmac is enabled on the integration, please provide a valid HMAC hash");
    }
}
