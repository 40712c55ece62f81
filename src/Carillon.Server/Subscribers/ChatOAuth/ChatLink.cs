using System.Reflection;
using System.Text.Json;
using Carillon.Data.Subscribers;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.Metadata;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>Who wants to connect which chat: what both addresses of the flow have in common.</summary>
internal sealed class ChatLink : IInput, IEndpointParameterMetadataProvider
{
    private static readonly string[] ChatProviders =
    [
        "slack", "discord", "msteams", "mattermost", "ryver", "zulip", "grafana-on-call", "getstream", "rocket-chat", "whatsapp-business",
    ];

    private ChatLink(string subscriberId, string providerId, Fields query)
    {
        SubscriberId = subscriberId;
        ProviderId = providerId;
        EnvironmentId = query.RequiredMongoId("environmentId").ToLowerInvariant();
        IntegrationIdentifier = query.OptionalString("integrationIdentifier");
        HmacHash = query.OptionalString("hmacHash");
        Problem = query.Problem ?? ProblemWithPath();
    }

    public string EnvironmentId { get; }
    public string SubscriberId { get; }
    public string ProviderId { get; }
    public string? IntegrationIdentifier { get; }
    public string? HmacHash { get; }
    public Problem? Problem { get; }

    public static ValueTask<ChatLink> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<ChatLink>(new(
        context.GetRouteValue("subscriberId") as string ?? "",
        context.GetRouteValue("providerId") as string ?? "",
        new Fields(FormText.ToJson(context.Request.Query), isText: true)));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(Reading.Of(isQuery: true, query => _ = new ChatLink("", "", query)));

    public static ChatLink Of(string providerId, string subscriberId, string environmentId, string? integrationIdentifier) =>
        new(subscriberId, providerId, new Fields(JsonSerializer.SerializeToElement(new { environmentId, integrationIdentifier }, Wire.Json), isText: true));

    /// <summary>What pages put into an address when they have no value, and the complaint about it.</summary>
    public static string? Missing(string name, string? value) => value switch
    {
        null or "undefined" => $"{name} should not be undefined",
        "null" => $"{name} should not be null",
        "" => $"{name} should not be empty string",
        _ => null,
    };

    private Problem? ProblemWithPath()
    {
        string?[] complaints =
        [
            ChatProviders.Contains(ProviderId) ? null : $"providerId must be one of the following values: {string.Join(", ", ChatProviders)}",
            Missing("providerId", ProviderId),
            Missing("subscriberId", SubscriberId),
            SubscriberId.Trim() == SubscriberId ? null : "subscriberId should not begin or end with space",
            SubscriberId.Length <= Subscriber.LongestExternalId
                ? null
                : $"subscriberId must be shorter than or equal to {Subscriber.LongestExternalId} characters",
        ];
        return complaints.OfType<string>().ToList() is { Count: > 0 } found ? Problem.BadRequest(found) : null;
    }
}
