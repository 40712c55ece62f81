using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>Sends somebody with a link of their application to the chat provider.</summary>
internal static class StartChatOAuth
{
    public static async Task<Results<Onward, Problem>> Handle(
        ChatLink link, ChatAccounts accounts, LinkSignature signature, ChatStates states, ChatProviders providers, CancellationToken ct)
    {
        var (account, problem) = await accounts.FindAsync(link, ct);
        problem ??= await signature.ProblemWithAsync(link, account!, ct);
        if (problem is not null) return problem;

        var state = states.Issue(link, account!.Integration.Id);
        return new Onward(providers.Of(link).AuthorizeUrl(link, account.ClientId!, state));
    }
}
