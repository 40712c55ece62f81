using System.Text.Json.Nodes;
using Carillon.Engine.Running;

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
            ["content"] = EventPayload.Node(template.Content),
            ["layoutId"] = template.LayoutId,
            ["contentType"] = template.ContentType,
            ["payload"] = PayloadOf(work),
        };
        foreach (var name in details.Where(detail => detail.Value is null).Select(detail => detail.Key).ToList())
            details.Remove(name);
        return details;
    }

    private static JsonObject PayloadOf(RunWork work)
    {
        var payload = EventPayload.Of(work);
        foreach (var (name, value) in EventPayload.Surroundings(work))
            payload[name] = value?.DeepClone();

        return payload;
    }
}
