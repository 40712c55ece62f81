using System.Text.Json;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Workflows.Steps;

/// <summary>What a step says, as a client sends it.</summary>
internal sealed record TemplateRequest
{
    // A default is put into the payload at its place, which must not be deeper than payloads are.
    private const int DeepestVariable = 10;

    public string? Type { get; private init; }
    public string? Name { get; private init; }
    public JsonElement? Content { get; private init; }
    public string? ContentType { get; private init; }
    public string? Subject { get; private init; }
    public string? Title { get; private init; }
    public string? Preheader { get; private init; }
    public string? SenderName { get; private init; }
    public JsonElement? Variables { get; private init; }
    public JsonElement? Cta { get; private init; }
    public JsonElement? Actor { get; private init; }
    public string? FeedId { get; private init; }
    public string? LayoutId { get; private init; }

    public static TemplateRequest Read(Fields fields) => new()
    {
        Type = fields["type"].TextOrNull,
        Name = fields.OptionalString("name"),
        Content = ReadContent(fields["content"]),
        ContentType = fields["contentType"].Optional().OneOf("editor", "customHtml").TextOrNull,
        Subject = fields.OptionalString("subject"),
        Title = fields.OptionalString("title"),
        Preheader = fields.OptionalString("preheader"),
        SenderName = fields.OptionalString("senderName"),
        Variables = ReadVariables(fields["variables"]),
        Cta = ReadCta(fields),
        Actor = ReadActor(fields),
        FeedId = fields.OptionalString("feedId")?.ToLowerInvariant(),
        LayoutId = fields.OptionalString("layoutId")?.ToLowerInvariant(),
    };

    private static JsonElement? ReadVariables(Field variables) => variables.Optional().Array()
        .Must(!Names(variables.Json).Any(IsTooDeep), $"variables must not be nested deeper than {DeepestVariable} levels")
        .JsonOrNull;

    private static IEnumerable<string> Names(JsonElement variables) =>
        from variable in variables.ValueKind == JsonValueKind.Array ? variables.EnumerateArray().ToList() : []
        where variable.ValueKind == JsonValueKind.Object && HasText(variable, "name")
        select variable.GetProperty("name").GetString();

    private static bool IsTooDeep(string name) => name.Count(letter => letter == '.') >= DeepestVariable;

    private static JsonElement? ReadContent(Field content) => content.Optional()
        .Must(content.Json.ValueKind is JsonValueKind.String || IsBlocks(content.Json), "content must be a string or an array of blocks")
        .JsonOrNull;

    private static bool IsBlocks(JsonElement content) =>
        content.ValueKind == JsonValueKind.Array && content.EnumerateArray().All(block =>
            block.ValueKind == JsonValueKind.Object && HasText(block, "type") && HasText(block, "content")
            && (!block.TryGetProperty("url", out _) || HasText(block, "url")));

    private static bool HasText(JsonElement block, string name) =>
        block.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String;

    private static JsonElement? ReadCta(Fields fields)
    {
        fields["cta"].Nested(cta => cta["data"].Nested(data => data.OptionalString("url") ?? "") ?? "");
        return fields["cta"].JsonOrNull;
    }

    private static JsonElement? ReadActor(Fields fields)
    {
        fields["actor"].Nested(actor => actor["type"].Optional().OneOf("none", "user", "system_icon", "system_custom").Text);
        return fields["actor"].JsonOrNull;
    }
}
