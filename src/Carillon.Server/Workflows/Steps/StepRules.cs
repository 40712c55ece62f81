using System.Collections.Frozen;
using System.Text.Json;
using Carillon.Engine.Steps;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Conditions;

namespace Carillon.Server.Workflows.Steps;

/// <summary>What the steps of a workflow must keep to before they are written.</summary>
internal sealed class StepRules(FrozenDictionary<string, IStepHandler> handlers)
{
    private static readonly string[] Types = ["in_app", "email", "sms", "chat", "push", "digest", "trigger", "delay", "custom"];

    private readonly IReadOnlyCollection<string> _handled = handlers.Keys;

    /// <summary>The first thing wrong with them, in the contract's words, or null.</summary>
    public Problem? ProblemWith(IReadOnlyList<StepRequest> steps, string variantRule, StepParts.Found parts)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var path = $"steps.{i}";
            if ((ProblemWith(steps[i], path, variantRule) ?? parts.ProblemWith(steps[i], path)) is { } problem) return problem;
        }

        return null;
    }

    private Problem? ProblemWith(StepRequest step, string path, string variantRule)
    {
        if (step.Template is null) return Problem.BadRequest("Unexpected error: message template is missing");
        if (step.Variants.Any(variant => variant.Template is null))
            return Problem.BadRequest("Unexpected error: variants message template is missing");
        if (step.Variants.FirstOrDefault(variant => !ConditionFields.AskAnything(variant.Filters)) is { } unconditional)
            return Problem.BadRequest($"Variant {variantRule} are required, variant name {Shown(unconditional.Name)} id {Shown(unconditional.Id)}");
        if (!Types.Contains(step.Template.Type))
            return Problem.BadRequest([$"type must be one of the following values: {string.Join(", ", Types)}"]);
        if (step.Variants.Index().FirstOrDefault(variant => variant.Item.Template!.Type != step.Template.Type) is { Item: not null } stranger)
            return Problem.BadRequest($"{path}.variants.{stranger.Index}.template.type must be {step.Template.Type}, as that of its step");
        if (HasBlankAction(step.Template.Cta)) return Problem.BadRequest("Please provide a valid CTA action");

        return NotSupportedYet.In(step, path, _handled) is { } refusal ? Problem.BadRequest(refusal) : null;
    }

    private static string Shown(string? value) => value ?? "undefined";

    private static bool HasBlankAction(JsonElement? cta) =>
        cta is { ValueKind: JsonValueKind.Object } given
        && given.TryGetProperty("action", out var action) && action.ValueKind == JsonValueKind.String && action.GetString() == "";
}
