using System.Text.Json;
using Carillon.Data.Workflows;
using Carillon.Engine.Templating.Syntax;

namespace Carillon.Engine.Templating;

/// <summary>What the texts and the settings of a workflow's steps ask of whoever triggers it.</summary>
public sealed record TemplateVariables(
    IReadOnlyList<TemplateVariable> Variables, IReadOnlyList<string> SubscriberFields, IReadOnlyList<string> Reserved)
{
    private static readonly string[] SystemNames = ["subscriber", "step", "branding", "tenant", "preheader", "actor"];
    private static readonly string[] ReservedNames = ["tenant", "actor"];

    public static TemplateVariables Of(IReadOnlyList<WorkflowStep> steps)
    {
        List<TemplateVariable> inTexts = [.. steps.SelectMany(step => Texts(step.Template)).SelectMany(VariableWalk.Of)];
        var found = Distinct([.. inTexts, .. steps.SelectMany(SettingsOf)]);
        return new(
            [.. found.Where(variable => !SystemNames.Contains(Owner(variable)))],
            [.. SubscriberFieldsOf(steps)],
            [.. inTexts.Select(Owner).Where(ReservedNames.Contains).Distinct()]);
    }

    /// <summary>Every name in one text, as often as it is used.</summary>
    public static IReadOnlyList<TemplateVariable> In(string text) => [.. VariableWalk.Of(text)];

    private static string Owner(TemplateVariable variable) => variable.Name.Split('.')[0];

    // A name keeps the place where it is first used, and the type of its last use: what the contract's clients have always seen.
    private static IEnumerable<TemplateVariable> Distinct(IReadOnlyList<TemplateVariable> variables) =>
        variables.GroupBy(variable => variable.Name, (_, uses) => uses.Last());

    private static IEnumerable<string> SubscriberFieldsOf(IReadOnlyList<WorkflowStep> steps)
    {
        if (steps.Any(step => step.Type == "sms")) yield return "phone";
        if (steps.Any(step => step.Type == "email")) yield return "email";
    }

    private static IEnumerable<string> Texts(StepTemplate template) => template switch
    {
        { Content: { ValueKind: JsonValueKind.Array } blocks } =>
            [template.Subject ?? "", .. blocks.EnumerateArray().SelectMany(block => new[] { Text(block, "url"), Text(block, "content") })],
        { Type: "in_app" } => [Text(template.Content), Text(Member(template.Cta, "data"), "url")],
        { Type: "push" } => [Text(template.Content), template.Title ?? ""],
        _ => [Text(template.Content)],
    };

    private static IEnumerable<TemplateVariable> SettingsOf(WorkflowStep step)
    {
        var conditions = Items(step.Filters)
            .SelectMany(conditionGroup => Items(Member(conditionGroup, "children")))
            .Where(condition => Text(condition, "on") == "payload")
            .Select(condition => Text(condition, "field"));
        var metadata = step.Type switch
        {
            "delay" => Text(step.Metadata, "delayPath"),
            "digest" => Text(step.Metadata, "digestKey"),
            _ => "",
        };
        return conditions.Append(metadata).Where(name => name.Length > 0).Select(name => new TemplateVariable(name, TemplateVariable.Text));
    }

    private static string Text(JsonElement? owner, string name) => Text(Member(owner, name));

    private static string Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static JsonElement? Member(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var value) ? value : null;

    private static List<JsonElement> Items(JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } given ? [.. given.EnumerateArray()] : [];
}
