using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>Takes back who was sent to Discord, whose state says who they are; from there on it is as with every chat.</summary>
internal static class FinishDiscordOAuth
{
    public static async Task<Results<Onward, HtmlPage, Problem>> Handle(
        Query<FinishChatOAuth.Request> query, ChatAccounts accounts, FinishChatOAuth operation, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(query.Value.State)) return Problem.BadRequest("The state is missing");
        if (CarriedLink.Read(query.Value.State, DiscordOAuth.Id) is not { Link: var link, State: var state } || link.Problem is not null)
            return Problem.BadRequest("The state is not valid for this link");

        return await operation.FinishAsync(link, query.Value with { State = state }, accounts, ct);
    }
}
