using Carillon.Server.Http.Answers;
using Carillon.Server.Workflows;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Blueprints;

internal static class GetBlueprint
{
    public static async Task<Results<Answer<WorkflowView>, Problem>> Handle(
        string templateIdOrIdentifier, BlueprintList blueprints, CancellationToken ct) =>
        await blueprints.EnterAsync(ct) && await blueprints.ReadAsync(templateIdOrIdentifier, ct) is [var found, ..]
            ? Answer.Of(found)
            : Problem.NotFound($"Blueprint with id {templateIdOrIdentifier} not found");
}
