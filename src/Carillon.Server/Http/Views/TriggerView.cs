using System.Text.Json.Serialization;
using Carillon.Data.Workflows;

namespace Carillon.Server.Http.Views;

/// <summary>How a workflow is triggered, and what its templates ask for.</summary>
internal sealed record TriggerView
{
    public string Type { get; } = "event";
    public required string Identifier { get; init; }
    public required IReadOnlyList<VariableView> Variables { get; init; }
    public required IReadOnlyList<ReservedView> ReservedVariables { get; init; }
    public required IReadOnlyList<VariableView> SubscriberVariables { get; init; }

    [JsonPropertyName("_id")]
    public required string Id { get; init; }

    [JsonPropertyName("id")]
    public string? SecondId { get; init; }

    public static TriggerView Of(WorkflowTrigger trigger) => Make(trigger, id => id);

    public static TriggerView InList(WorkflowTrigger trigger) => Make(trigger, _ => null);

    private static TriggerView Make(WorkflowTrigger trigger, Func<string, string?> second) => new()
    {
        Id = trigger.Id,
        SecondId = second(trigger.Id),
        Identifier = trigger.Identifier,
        Variables = Make(trigger.Variables, second),
        SubscriberVariables = Make(trigger.SubscriberVariables, second),
        ReservedVariables =
        [
            .. trigger.ReservedVariables.Select(reserved =>
                new ReservedView(reserved.Type, Make(reserved.Variables, second), reserved.Id, second(reserved.Id))),
        ],
    };

    private static VariableView[] Make(IReadOnlyList<TriggerVariable> variables, Func<string, string?> second) =>
        [.. variables.Select(variable => new VariableView(variable.Name, variable.Type, variable.Id, second(variable.Id)))];
}

internal sealed record VariableView(
    string Name,
    string? Type,
    [property: JsonPropertyName("_id")] string Id,
    [property: JsonPropertyName("id")] string? SecondId);

internal sealed record ReservedView(
    string Type,
    IReadOnlyList<VariableView> Variables,
    [property: JsonPropertyName("_id")] string Id,
    [property: JsonPropertyName("id")] string? SecondId);
