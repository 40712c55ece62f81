using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Workflows;
using Carillon.Engine.Templating;
using Carillon.Server.Http.Conditions;

namespace Carillon.Server.Workflows.Steps;

/// <summary>
/// Makes the steps of the next version out of what a client sent. A step that was there keeps its id, and of its template
/// what was not sent again; all else is as sent.
/// </summary>
internal sealed class StepWriter(StepRules rules, TriggerWriter triggers, StepParts parts, Ids ids, TimeProvider clock)
{
    public async Task<WrittenSteps> CreateAsync(string identifier, IReadOnlyList<StepRequest> requests, string creatorId, CancellationToken ct)
    {
        var found = await parts.FindAsync(requests, ct);
        return rules.ProblemWith(requests, variantRule: "conditions", found) is { } problem
            ? WrittenSteps.Refused(problem)
            : Write(identifier, requests, known: null, new(creatorId, found.DefaultLayoutId)) with { ChosenIds = found.Ids };
    }

    public async Task<WrittenSteps> ReplaceAsync(
        WorkflowVersion known, string identifier, IReadOnlyList<StepRequest> requests, string creatorId, CancellationToken ct)
    {
        var found = await parts.FindAsync(requests, ct);
        return rules.ProblemWith(requests, variantRule: "filters", found) is { } problem
            ? WrittenSteps.Refused(problem)
            : Write(identifier, requests, known, new(creatorId, found.DefaultLayoutId)) with { ChosenIds = found.Ids };
    }

    private WrittenSteps Write(string identifier, IReadOnlyList<StepRequest> requests, WorkflowVersion? known, Usual usual)
    {
        var unclaimed = (known?.AllSteps ?? []).ToDictionary(step => step.Id);
        List<WorkflowStep> steps = [.. requests.Select(request => Write(request, unclaimed, usual))];

        return TemplateSyntax.ProblemWith(steps) is { } problem
            ? WrittenSteps.Refused(problem)
            : new(steps, triggers.Write(identifier, steps, known?.Trigger));
    }

    // An id names one step: sent twice, the second is a new one. So is one of another workflow.
    private static WorkflowStep? Claim(Dictionary<string, WorkflowStep> unclaimed, string? id) =>
        id is not null && (unclaimed.Remove(id, out var step) || ClaimPromoted(unclaimed, id, out step)) ? step : null;

    private static bool ClaimPromoted(Dictionary<string, WorkflowStep> unclaimed, string id, out WorkflowStep? step)
    {
        step = unclaimed.Values.FirstOrDefault(known => known.Template.ParentId == id);
        return step is not null && unclaimed.Remove(step.Id);
    }

    private WorkflowStep Write(StepRequest request, Dictionary<string, WorkflowStep> unclaimed, Usual usual)
    {
        var step = Write(request, Claim(unclaimed, request.Id), usual);
        return request.Variants.Count == 0
            ? step
            : step with { Variants = [.. request.Variants.Select(variant => Write(variant, Claim(unclaimed, variant.Id), usual))] };
    }

    private WorkflowStep Write(StepRequest request, WorkflowStep? known, Usual usual) => new()
    {
        Id = known?.Id ?? ids.New(),
        Uuid = request.Uuid,
        Name = request.Name,
        Active = request.Active,
        ShouldStopOnFail = request.ShouldStopOnFail,
        Filters = ConditionEntities.Store(request.Filters, ids),
        Metadata = request.Metadata,
        ReplyCallback = request.ReplyCallback,
        Template = Write(request.Template!, known?.Template, usual),
    };

    private StepTemplate Write(TemplateRequest request, StepTemplate? known, Usual usual)
    {
        var now = clock.GetUtcNow();
        var contentType = request.ContentType ?? known?.ContentType;
        return new()
        {
            Type = request.Type!,
            Name = request.Name ?? known?.Name,
            Content = Clean(request.Content ?? known?.Content, contentType),
            ContentType = contentType,
            Subject = request.Subject ?? known?.Subject,
            Title = request.Title ?? known?.Title,
            Preheader = request.Preheader ?? known?.Preheader,
            SenderName = request.SenderName ?? known?.SenderName,
            Variables = VariableEntities.Store(request.Variables, ids) ?? known?.Variables,
            Cta = request.Cta,
            Actor = request.Actor ?? known?.Actor,
            FeedId = Given(request.FeedId),
            LayoutId = Given(request.LayoutId) ?? known?.LayoutId ?? (request.Type == "email" ? usual.LayoutId : null),
            ParentId = known?.ParentId,
            CreatorId = known?.CreatorId ?? usual.CreatorId,
            CreatedAt = known?.CreatedAt ?? now,
            UpdatedAt = now,
        };
    }

    private static JsonElement? Clean(JsonElement? content, string? contentType) =>
        content is { } given && contentType == "editor" ? EditorContent.Sanitize(given) : content;

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>What a template has where nobody said otherwise.</summary>
    private sealed record Usual(string CreatorId, string? LayoutId);
}
