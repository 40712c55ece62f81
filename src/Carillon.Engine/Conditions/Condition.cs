using System.Text.Json;

namespace Carillon.Engine.Conditions;

/// <summary>Several conditions that hold together, or of which one is enough; negated, it is the other way round.</summary>
public sealed record ConditionGroup(bool IsNegated, string? Join, IReadOnlyList<Condition> Children)
{
    public const string And = "AND";
    public const string Or = "OR";

    /// <summary>The groups of a step, a variant or an integration. What has no such shape was refused when it was saved.</summary>
    public static IReadOnlyList<ConditionGroup> ListOf(JsonElement? filters) =>
        filters is { ValueKind: JsonValueKind.Array } groups
            ? [.. groups.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object).Select(Read)]
            : [];

    private static ConditionGroup Read(JsonElement given) => new(
        given.TryGetProperty("isNegated", out var negated) && negated.ValueKind == JsonValueKind.True,
        Condition.Text(given, "value"),
        given.TryGetProperty("children", out var children) && children.ValueKind == JsonValueKind.Array
            ? [.. children.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object).Select(Condition.Read)]
            : []);
}

/// <summary>One thing that is asked, of the data that <see cref="On"/> names.</summary>
public sealed record Condition
{
    public const string OnPayload = "payload";
    public const string OnSubscriber = "subscriber";
    public const string OnTenant = "tenant";
    public const string OnWebhook = "webhook";
    public const string OnOnline = "isOnline";
    public const string OnOnlineInLast = "isOnlineInLast";
    public const string OnPreviousStep = "previousStep";

    public static IReadOnlyList<string> Kinds { get; } =
        [OnPayload, OnSubscriber, OnWebhook, OnOnline, OnOnlineInLast, OnPreviousStep, OnTenant];

    public string? On { get; init; }

    /// <summary>A dotted path into the data.</summary>
    public string Field { get; init; } = "";
    public string? Operator { get; init; }

    /// <summary>What is expected. Text is a template.</summary>
    public JsonElement? Value { get; init; }
    public string? WebhookUrl { get; init; }

    /// <summary>The unit of <c>isOnlineInLast</c>.</summary>
    public string? TimeOperator { get; init; }

    /// <summary>The uuid of the step that <c>previousStep</c> asks about, and what of it.</summary>
    public string? Step { get; init; }
    public string? StepType { get; init; }

    public static Condition Read(JsonElement given) => new()
    {
        On = Text(given, "on"),
        Field = Text(given, "field") ?? "",
        Operator = Text(given, "operator"),
        Value = given.TryGetProperty("value", out var value) ? value : null,
        WebhookUrl = Text(given, "webhookUrl"),
        TimeOperator = Text(given, "timeOperator"),
        Step = Text(given, "step"),
        StepType = Text(given, "stepType"),
    };

    internal static string? Text(JsonElement given, string name) =>
        given.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
