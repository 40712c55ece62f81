using System.Text.Json;
using Carillon.Data.Workflows;
using Carillon.Engine.Templating;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Workflows.Steps;

/// <summary>Every text of a step that is rendered when it runs must parse when it is saved.</summary>
internal static class TemplateSyntax
{
    public static Problem? ProblemWith(IReadOnlyList<WorkflowStep> steps) => (
        from step in Named(steps, "steps")
        from text in Texts(step.Step.Template)
        where text.Text is not null
        let error = Template.Parse(text.Text).Error
        where error is not null
        select Problem.BadRequest($"Failed to extract variables: {step.Name}.template.{text.Name}{At(error)}: {error.Message}"))
        .FirstOrDefault();

    private static IEnumerable<(string Name, WorkflowStep Step)> Named(IReadOnlyList<WorkflowStep> steps, string list) =>
        steps.SelectMany((step, index) => Named(step.Variants ?? [], $"{list}.{index}.variants").Prepend(($"{list}.{index}", step)));

    private static string At(TemplateError error) => error.Line is { } line ? $", line {line}" : "";

    private static IEnumerable<(string Name, string? Text)> Texts(StepTemplate template) =>
    [
        ("subject", template.Subject),
        ("title", template.Title),
        ("preheader", template.Preheader),
        ("senderName", template.SenderName),
        .. Content(template.Content),
        .. Cta(template.Cta),
    ];

    private static IEnumerable<(string, string?)> Content(JsonElement? content) => content switch
    {
        { ValueKind: JsonValueKind.String } text => [("content", text.GetString())],
        { ValueKind: JsonValueKind.Array } blocks => blocks.EnumerateArray().SelectMany((block, index) => new[]
        {
            ($"content.{index}.content", TextOf(block, "content")),
            ($"content.{index}.url", TextOf(block, "url")),
        }),
        _ => [],
    };

    private static IEnumerable<(string, string?)> Cta(JsonElement? cta)
    {
        if (cta is not { ValueKind: JsonValueKind.Object } given) return [];

        return
        [
            ("cta.data.url", Member(given, "data") is { } data ? TextOf(data, "url") : null),
            .. Buttons(given).Select((button, index) => ($"cta.action.buttons.{index}.content", TextOf(button, "content"))),
        ];
    }

    private static List<JsonElement> Buttons(JsonElement cta) =>
        Member(cta, "action") is { } action && Member(action, "buttons") is { ValueKind: JsonValueKind.Array } buttons
            ? [.. buttons.EnumerateArray()]
            : [];

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;

    private static string? TextOf(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
