using System.Text.Json.Nodes;
using Carillon.Providers.Http;

namespace Carillon.Providers.Chat;

/// <summary>
/// Microsoft Teams: workflows that post to a channel, which take cards only, and the older connectors, which take text too.
/// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
/// </summary>
public sealed class TeamsChat(OutboundHttp http) : IChatProvider
{
    private static readonly string[] WorkflowHosts = [".logic.azure.com", ".powerplatform.com", ".powerautomate.com"];

    // A connector answers 200 also where Teams behind it would not take the message.
    private static readonly Reply Reply = new()
    {
        Took = answer => !answer.Text.Contains("Webhook message delivery failed", StringComparison.Ordinal),
        Id = answer => answer.Header("request-id") ?? answer.Header("x-ms-workflow-run-id"),
        Code = answer => answer["error.code"] ?? (answer.Text.Contains("HTTP error 429", StringComparison.Ordinal) ? "429" : null),
        Later = ["429"],
    };

    public ProviderInfo Info { get; } = new(
        "msteams", Channel.Chat, "MSTeams", new Uri("https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook"));

    public Task<SendResult> SendAsync(ChatMessage message, Account account, CancellationToken ct) =>
        http.PostAsync(Info, account, message, BodyOf(message), Reply, ct);

    private static JsonObject BodyOf(ChatMessage message)
    {
        var card = ChatHook.Card(message.Content);
        if (card is not null && card["type"]?.ToString() != "AdaptiveCard") return card;
        if (card is null && !IsWorkflow(message.Address)) return new() { ["text"] = message.Content };

        var attachment = new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["content"] = card ?? CardOf(message.Content),
        };
        return new() { ["type"] = "message", ["attachments"] = new JsonArray(attachment) };
    }

    private static JsonObject CardOf(string text) => new()
    {
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["type"] = "AdaptiveCard",
        ["version"] = "1.4",
        ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true }),
    };

    private static bool IsWorkflow(string webhook) =>
        OutboundUrl.Parse(webhook) is { } url && WorkflowHosts.Any(host => url.IdnHost.EndsWith(host, StringComparison.OrdinalIgnoreCase));
}
