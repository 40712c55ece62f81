using System.Text.Json.Nodes;
using Carillon.Data;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.StepSchemas;

/// <summary>What can be set in a step of a kind, or in one step of a workflow, and which names its texts may use there.</summary>
internal static class GetStepSchema
{
    public sealed record Request(string? StepType, string? WorkflowId, string? StepId) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var type = fields["stepType"].Optional();
            var request = new Request(type.OneOf(StepControls.Types).TextOrNull, fields.OptionalString("workflowId"), fields.OptionalString("stepId"));
            if (type.IsNothing && (request.WorkflowId is null || request.StepId is null))
                fields.Complain("Either stepType, or workflowId and stepId, must be provided");
            return request;
        }
    }

    public sealed record View(JsonNode Controls, JsonNode Variables);

    public static async Task<Results<Answer<View>, Problem>> Handle(Query<Request> query, CarillonDb db, CancellationToken ct)
    {
        if (query.Value.StepType is { } type) return Answer.Of(new View(StepControls.Of(type), StepVariables.After([])));

        if (await VersionAsync(query.Value.WorkflowId!, db, ct) is not { } version) return Problem.BadRequest("No workflow found");

        var place = version.Steps.ToList().FindIndex(step => Is(step, query.Value.StepId!));
        return place < 0
            ? Problem.BadRequest("No step found")
            : Answer.Of(new View(StepControls.Of(version.Steps[place].Type), StepVariables.After([.. version.Steps.Take(place)])));
    }

    private static Task<WorkflowVersion?> VersionAsync(string idOrIdentifier, CarillonDb db, CancellationToken ct)
    {
        var id = Ids.IsId(idOrIdentifier) ? idOrIdentifier.ToLowerInvariant() : null;
        return (
            from workflow in db.Workflows
            where id != null ? workflow.Id == id : workflow.Identifier == idOrIdentifier
            join version in db.WorkflowVersions on workflow.VersionId equals version.Id
            select version).AsNoTracking().SingleOrDefaultAsync(ct);
    }

    private static bool Is(WorkflowStep step, string id) =>
        step.Uuid == id || step.Name == id || string.Equals(step.Id, id, StringComparison.OrdinalIgnoreCase);
}
