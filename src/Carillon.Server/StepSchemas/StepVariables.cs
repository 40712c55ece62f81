using System.Text.Json.Nodes;
using Carillon.Data.Workflows;

namespace Carillon.Server.StepSchemas;

/// <summary>Which names the texts of a step may use: its subscriber's, and what steps before it have gathered.</summary>
internal static class StepVariables
{
    private const string Subscriber = """
        {"type":"object","description":"The subscriber who is notified","properties":{
          "firstName":{"type":"string","description":"Their first name"},
          "lastName":{"type":"string","description":"Their last name"},
          "email":{"type":"string","description":"Their mail address"},
          "phone":{"type":"string","description":"Their phone number, where known"},
          "avatar":{"type":"string","description":"The address of their picture, where known"},
          "locale":{"type":"string","description":"Their language, where known"},
          "subscriberId":{"type":"string","description":"What the application calls them"},
          "isOnline":{"type":"boolean","description":"Whether their inbox is open, where known"},
          "lastOnlineAt":{"type":"string","format":"date-time","description":"When their inbox was last open, where known"}},
         "required":["firstName","lastName","email","subscriberId"],"additionalProperties":false}
        """;

    private const string Gathered = """
        {"type":"object","properties":{"events":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},
         "time":{"type":"string","format":"date-time"},"payload":{"type":"object","additionalProperties":true}},"required":["id","time","payload"],
         "additionalProperties":false}}},"required":["events"],"additionalProperties":false}
        """;

    public static JsonNode After(IReadOnlyList<WorkflowStep> steps)
    {
        var gathered = new JsonObject();
        foreach (var step in steps.Where(step => step.Type == "digest"))
            gathered[step.Name ?? step.Uuid ?? step.Id] = JsonNode.Parse(Gathered);

        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = "What the texts of this step may name",
            ["properties"] = new JsonObject
            {
                ["subscriber"] = JsonNode.Parse(Subscriber),
                ["steps"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = gathered,
                    ["required"] = new JsonArray(),
                    ["additionalProperties"] = false,
                    ["description"] = "What steps before this one have gathered",
                },
            },
            ["required"] = new JsonArray("subscriber"),
            ["additionalProperties"] = false,
        };
    }
}
