using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Conditions;

namespace Carillon.Server.Workflows.Steps;

/// <summary>A step as clients see it. Its parent is the step before it; its template has its id.</summary>
internal sealed record StepView
{
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new { });

    public JsonElement? ReplyCallback { get; init; }
    public required JsonObject Metadata { get; init; }
    public required bool Active { get; init; }
    public required bool ShouldStopOnFail { get; init; }
    public string? Uuid { get; init; }
    public string? Name { get; init; }
    public string Type { get; } = "REGULAR";
    public required object Filters { get; init; }

    [JsonPropertyName("_templateId")]
    public required string TemplateId { get; init; }

    [JsonPropertyName("_parentId"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ParentId { get; init; }

    [JsonPropertyName("_id")]
    public required string Id { get; init; }
    public IReadOnlyList<StepView>? Variants { get; init; }

    [JsonPropertyName("id")]
    public string? SecondId { get; init; }
    public required object Template { get; init; }

    public static IReadOnlyList<StepView> ListOf(IReadOnlyList<WorkflowStep> steps, Workflow workflow) =>
        [.. steps.Select((step, index) => Of(step, ParentOf(index, steps), TemplateView.Of(step, workflow)) with
        {
            SecondId = ShownId(step),
            Filters = ConditionEntities.Doubled(step.Filters),
            Variants = VariantsOf(step, workflow),
        })];

    /// <summary>As changes keep them, which say of replies only what is set.</summary>
    public static IReadOnlyList<StepView> InChange(IReadOnlyList<WorkflowStep> steps, Workflow workflow) =>
        [.. ListOf(steps, workflow).Zip(steps, (view, step) => view with
        {
            ReplyCallback = step.ReplyCallback,
            Variants = [.. (view.Variants ?? []).Zip(step.Variants ?? [], (variant, own) => variant with { ReplyCallback = own.ReplyCallback })],
        })];

    public static IReadOnlyList<StepView> ShortListOf(IReadOnlyList<WorkflowStep> steps) =>
        [.. steps.Select((step, index) => Of(step, ParentOf(index, steps), new ShortTemplateView(step.Id, step.Type)))];

    private static IReadOnlyList<StepView> VariantsOf(WorkflowStep step, Workflow workflow) =>
        step.Variants is { } variants ? [.. ListOf(variants, workflow).Select(variant => variant with { Variants = null })] : [];

    private static string? ParentOf(int index, IReadOnlyList<WorkflowStep> steps) => index == 0 ? null : ShownId(steps[index - 1]);

    // What was promoted is known in both environments by the id it was made with; only its template has one of its own.
    private static string ShownId(WorkflowStep step) => step.Template.ParentId ?? step.Id;

    private static StepView Of(WorkflowStep step, string? parentId, object template) => new()
    {
        ReplyCallback = step.ReplyCallback ?? Nothing,
        Metadata = WithDefaults(step.Metadata),
        Active = step.Active,
        ShouldStopOnFail = step.ShouldStopOnFail,
        Uuid = step.Uuid,
        Name = step.Name,
        Filters = step.Filters is { } filters ? filters : Array.Empty<object>(),
        TemplateId = step.Id,
        ParentId = parentId,
        Id = ShownId(step),
        Template = template,
    };

    // Clients rely on the timed part being there, with its lists, whatever the step is.
    private static JsonObject WithDefaults(JsonElement? metadata)
    {
        var shown = metadata is { } given ? JsonObject.Create(given)! : [];
        if (shown["timed"] is not JsonObject timed) shown["timed"] = timed = [];
        if (timed["weekDays"] is not JsonArray) timed["weekDays"] = new JsonArray();
        if (timed["monthDays"] is not JsonArray) timed["monthDays"] = new JsonArray();
        return shown;
    }
}

internal sealed record ShortTemplateView([property: JsonPropertyName("_id")] string Id, string Type);
