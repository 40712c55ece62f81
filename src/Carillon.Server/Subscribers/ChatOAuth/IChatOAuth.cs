using Carillon.Server.Http.Answers;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>One chat provider's side of the flow: where people agree, and what the code is traded for with which they come back.</summary>
internal interface IChatOAuth
{
    string ProviderId { get; }

    string AuthorizeUrl(ChatLink link, string clientId, string state);

    /// <summary>Trades the code for the address that posts to the channel which the person chose.</summary>
    Task<(Uri? Webhook, Problem? Problem)> ExchangeAsync(ChatLink link, ChatAccount account, string code, CancellationToken ct);
}
