using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Engine.Running;
using Carillon.Engine.Templating.Functions;
using Carillon.Engine.Tenants;

namespace Carillon.Engine.Steps.Email;

/// <summary>What a mail was made of, for receivers that render it themselves. Files are left out: the mail carries them already.</summary>
internal static class WebhookDetails
{
    public static JsonObject Of(RunWork work)
    {
        var template = work.Step.Template;
        var details = new JsonObject
        {
            ["senderName"] = template.SenderName,
            ["subject"] = template.Subject,
            ["preheader"] = template.Preheader,
            ["content"] = Node(template.Content),
            ["contentType"] = template.ContentType,
            ["payload"] = PayloadOf(work),
        };
        foreach (var name in details.Where(detail => detail.Value is null).Select(detail => detail.Key).ToList())
            details.Remove(name);
        return details;
    }

    private static JsonObject PayloadOf(RunWork work)
    {
        var content = work.Subject.Content;
        var payload = content.Payload.ValueKind == JsonValueKind.Object ? JsonObject.Create(content.Payload)! : [];
        payload.Remove("attachments");
        payload["subscriber"] = Node(SubscriberJson.Of(work.Subject.Subscriber));
        payload["step"] = JsonNode.Parse(JsonPrinter.Of(work.TemplateContext.Step));
        if (work.Subject.Actor is { } actor) payload["actor"] = Node(SubscriberJson.Of(actor));
        if (work.Subject.Tenant is { } tenant) payload["tenant"] = Node(TenantJson.Of(tenant));
        return payload;
    }

    private static JsonNode? Node(JsonElement? element) => element is { } given ? JsonSerializer.SerializeToNode(given) : null;
}
