using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Engine.Running;
using Carillon.Engine.Templating.Functions;
using Carillon.Engine.Tenants;

namespace Carillon.Engine.Steps;

/// <summary>What the caller sent with the event, as those beyond the engine see it. Files are left out: they go where they are meant to.</summary>
internal static class EventPayload
{
    public static JsonObject Of(RunWork work)
    {
        var content = work.Subject.Content;
        var payload = content.Payload.ValueKind == JsonValueKind.Object ? JsonObject.Create(content.Payload)! : [];
        payload.Remove("attachments");
        return payload;
    }

    /// <summary>What the templates see beside the payload.</summary>
    public static JsonObject Surroundings(RunWork work)
    {
        var seen = new JsonObject
        {
            ["subscriber"] = Node(SubscriberJson.Of(work.Subject.Subscriber)),
            ["step"] = JsonNode.Parse(JsonPrinter.Of(work.TemplateContext.Step)),
        };
        if (work.Subject.Actor is { } actor) seen["actor"] = Node(SubscriberJson.Of(actor));
        if (work.Subject.Tenant is { } tenant) seen["tenant"] = Node(TenantJson.Of(tenant));
        return seen;
    }

    /// <summary>A text in the payload that addresses the message; blank ones do not count.</summary>
    public static string? Text(RunWork work, string name)
    {
        var payload = work.Subject.Content.Payload;
        return payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString()!.Trim() is { Length: > 0 } text
            ? text
            : null;
    }

    public static JsonNode? Node(JsonElement? element) => element is { } given ? JsonSerializer.SerializeToNode(given) : null;
}
