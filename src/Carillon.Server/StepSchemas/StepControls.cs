using System.Text.Json.Nodes;

namespace Carillon.Server.StepSchemas;

/// <summary>What can be set in a step, as a JSON schema for each kind.</summary>
internal static class StepControls
{
    private const string Description = "What can be set in this step";

    private const string Length = """
        "amount":{"type":"number"},"unit":{"type":"string","enum":["seconds","minutes","hours","days","weeks","months"]}
        """;

    private const string Action = """
        {"type":"object","properties":{"label":{"type":"string"},"redirect":{"type":"object","properties":{"url":{"type":"string"},
         "target":{"type":"string","enum":["_self","_blank","_parent","_top","_unfencedTop"]}},"required":["url"],"additionalProperties":false}},
         "required":["label"],"additionalProperties":false}
        """;

    private const string Redirect = """
        {"type":"object","properties":{"url":{"type":"string"},"target":{"type":"string","enum":["_self","_blank","_parent","_top","_unfencedTop"]}},
         "required":["url"],"additionalProperties":false}
        """;

    private static readonly Dictionary<string, string> Schemas = new()
    {
        ["email"] = Object("""
            "emailEditor":{"type":"object","additionalProperties":true},"subject":{"type":"string"}
            """, "emailEditor", "subject"),
        ["sms"] = Object("""
            "body":{"type":"string"}
            """, "body"),
        ["push"] = Object("""
            "subject":{"type":"string"},"body":{"type":"string"}
            """, "subject", "body"),
        ["chat"] = Object("""
            "body":{"type":"string"}
            """, "body"),
        ["in_app"] = Object($$$"""
            "subject":{"type":"string"},"body":{"type":"string"},"avatar":{"type":"string","format":"uri"},"primaryAction":{{{Action}}},
            "secondaryAction":{{{Action}}},"data":{"type":"object","additionalProperties":true},"redirect":{{{Redirect}}}
            """, "body"),
        ["digest"] = Object($$$"""
            {{{Length}}},"digestKey":{"type":"string"},"cron":{"type":"string"},
            "lookBackWindow":{"type":"object","properties":{{{{Length}}}},"required":["amount","unit"],"additionalProperties":false}
            """),
        ["delay"] = Object($$$"""
            "type":{"type":"string","enum":["regular","scheduled"],"default":"regular"},{{{Length}}}
            """, "amount", "unit"),
        ["custom"] = """{"type":"object","properties":{},"required":[],"additionalProperties":true}""",
    };

    public static IReadOnlyList<string> Types { get; } = [.. Schemas.Keys];

    public static JsonNode Of(string type)
    {
        var schema = JsonNode.Parse(Schemas[type])!;
        schema["description"] = Description;
        return schema;
    }

    private static string Object(string properties, params IEnumerable<string> required) => $$"""
        {"type":"object","properties":{{{properties}}},"required":[{{string.Join(',', required.Select(name => $"\"{name}\""))}}],"additionalProperties":false}
        """;
}
