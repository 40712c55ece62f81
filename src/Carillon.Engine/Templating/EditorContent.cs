using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data.Mapping;

namespace Carillon.Engine.Templating;

/// <summary>What the e-mail editor makes: one text, or a list of blocks. Nothing of it is looked at again when it is sent.</summary>
public static class EditorContent
{
    public static JsonElement Sanitize(JsonElement content)
    {
        var tags = SafeHtml.MostTags;
        return content.ValueKind switch
        {
            JsonValueKind.String => JsonSerializer.SerializeToElement(SafeHtml.Of(content.GetString()!, ref tags), JsonColumn.Options),
            JsonValueKind.Array => JsonSerializer.SerializeToElement(Blocks(JsonArray.Create(content)!, ref tags), JsonColumn.Options),
            _ => content,
        };
    }

    private static JsonArray Blocks(JsonArray blocks, ref int tags)
    {
        foreach (var block in blocks.OfType<JsonObject>())
        {
            if (block["content"] is JsonValue value && value.TryGetValue<string>(out var html)) block["content"] = SafeHtml.Of(html, ref tags);
        }

        return blocks;
    }
}
