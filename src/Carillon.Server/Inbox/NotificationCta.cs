using System.Text.Json;
using Carillon.Data.Mapping;

namespace Carillon.Server.Inbox;

/// <summary>Where a message leads and its buttons, read from the wire's <c>cta</c>.</summary>
internal sealed class NotificationCta(string? cta)
{
    private const string Done = "done";

    private readonly JsonElement _cta = cta is null ? default : JsonColumn.Read<JsonElement>(cta);

    public InboxNotification.Target? Redirect => TargetIn(Member(_cta, "data"));

    public bool HasButton(string type) => Find(type) is not null;

    public InboxNotification.Button? Button(string type) =>
        Find(type) is { } button ? new(Text(button, "content") ?? "", IsDone(type), TargetIn(button)) : null;

    private JsonElement Action => Member(_cta, "action");

    private JsonElement? Find(string type)
    {
        var buttons = Member(Action, "buttons");
        if (buttons.ValueKind != JsonValueKind.Array) return null;

        var found = buttons.EnumerateArray().FirstOrDefault(button => Text(button, "type") == type);
        return found.ValueKind == JsonValueKind.Object ? found : null;
    }

    private bool IsDone(string type) => Text(Member(Action, "result"), "type") == type && Text(Action, "status") == Done;

    private static InboxNotification.Target? TargetIn(JsonElement owner) =>
        Text(owner, "url") is { Length: > 0 } url ? new(url, Text(owner, "target")) : null;

    private static JsonElement Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
