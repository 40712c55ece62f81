using Carillon.Data;
using Carillon.Data.ChatOAuth;
using Carillon.Data.Subscribers;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Subscribers.Credentials;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>
/// Takes back who was sent to the chat provider, and keeps the webhook it gives us. The signature of the link is not asked for
/// again: only who had it got a state.
/// </summary>
internal sealed class FinishChatOAuth(CarillonDb db, ChatStates states, ChatProviders providers, SubscriberWriter subscribers, ChannelWriter channels)
{
    public sealed record Request(string? Code, string? State, string? Error) : IRequest<Request>
    {
        public static Request Read(Fields fields) =>
            new(fields.OptionalString("code"), fields.OptionalString("state"), fields.OptionalString("error"));
    }

    public static Task<Results<Onward, HtmlPage, Problem>> Handle(
        ChatLink link, Query<Request> query, ChatAccounts accounts, FinishChatOAuth operation, CancellationToken ct) =>
        operation.FinishAsync(link, query.Value, accounts, ct);

    public async Task<Results<Onward, HtmlPage, Problem>> FinishAsync(ChatLink link, Request request, ChatAccounts accounts, CancellationToken ct)
    {
        if (ProblemWith(link, request) is { } incomplete) return incomplete;

        var (account, problem) = await accounts.FindAsync(link, ct);
        problem ??= await RunAsync(link, request, account!, ct);
        if (problem is not null) return problem;

        return AddressOf(account!) is { } address
            ? new Onward(address)
            : new HtmlPage(StatusCodes.Status200OK, "Chat is connected", ["You can close this window."], "window.close()");
    }

    private static Problem? ProblemWith(ChatLink link, Request request)
    {
        if (request.Error is { Length: > 0 } error && string.IsNullOrEmpty(request.Code))
        {
            return Problem.BadRequest(error == "access_denied"
                ? $"Provider {link.ProviderId} was not given access"
                : $"Provider {link.ProviderId} returned error {error[..Math.Min(error.Length, 100)]}");
        }

        if (ChatLink.Missing("providerCode", request.Code) is not { } missing) return null;
        return request.Code is null ? Problem.BadRequest(["providerCode must be a string", missing]) : Problem.BadRequest([missing]);
    }

    private async Task<Problem?> RunAsync(ChatLink link, Request request, ChatAccount account, CancellationToken ct)
    {
        var (state, problem) = states.Read(request.State, link, account.Integration.Id);
        if (problem is not null) return problem;
        if (await IsUsedAsync(state!, ct)) return UsedUp();
        if (!account.Integration.Active)
            return Problem.BadRequest($"Subscribers environment ({link.EnvironmentId}) do not have active {link.ProviderId} integration.");

        var (webhook, refusal) = await providers.Of(link).ExchangeAsync(link, account, request.Code!, ct);
        return refusal ?? await db.RetryLostRacesAsync(() => KeepAsync(link, account, state!, webhook!, ct));
    }

    /// <summary>One transaction: of two who come back with the same state, the second finds it used and changes nothing.</summary>
    private async Task<Problem?> KeepAsync(ChatLink link, ChatAccount account, ChatState state, Uri webhook, CancellationToken ct)
    {
        if (await IsUsedAsync(state, ct)) return UsedUp();

        db.ConsumedStates.Add(new() { Nonce = state.Nonce, EnvironmentId = link.EnvironmentId, ExpiresAt = state.KeepUntil });
        var channel = new ChannelFields(
            new(link.ProviderId, account.Integration.Identifier),
            new(WebhookUrl: webhook.OriginalString, Channel: link.ProviderId));
        await channels.SetAsync(await UpsertAsync(link, account, ct), account.Integration, channel, addTokens: true, ct);
        await db.SaveChangesAsync(ct);
        return null;
    }

    private async Task<Subscriber> UpsertAsync(ChatLink link, ChatAccount account, CancellationToken ct)
    {
        if (!(await subscribers.FindAsync([link.SubscriberId], ct)).TryGetValue(link.SubscriberId, out var subscriber))
            return subscribers.Create(link.SubscriberId, account.Integration.OrganizationId, new());

        subscribers.Change(subscriber, new());
        return subscriber;
    }

    private Task<bool> IsUsedAsync(ChatState state, CancellationToken ct) =>
        db.ConsumedStates.AnyAsync(used => used.Nonce == state.Nonce, ct);

    private static Problem UsedUp() => Problem.BadRequest("The state has been used already, please start again");

    // An address without a host is a path on this very machine, as far as the parser is concerned.
    private static string? AddressOf(ChatAccount account) =>
        Uri.TryCreate(account.RedirectUrl, UriKind.Absolute, out var url) && !url.IsFile
            ? url.IsWellFormedOriginalString() ? url.OriginalString : url.AbsoluteUri
            : null;
}
