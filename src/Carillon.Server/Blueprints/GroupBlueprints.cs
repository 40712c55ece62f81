using Carillon.Server.Http.Answers;
using Carillon.Server.Workflows;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Blueprints;

/// <summary>All blueprints under the names of their groups, and once more those that carry the tag <c>popular</c>.</summary>
internal static class GroupBlueprints
{
    private const string Popular = "popular";
    private const string NoGroup = "General";

    public sealed record Category(string Name, IReadOnlyList<WorkflowView> Blueprints);

    public sealed record View(IReadOnlyList<Category> General, Category Popular);

    public static async Task<Results<Answer<View>, Problem>> Handle(BlueprintList blueprints, CancellationToken ct)
    {
        if (!await blueprints.EnterAsync(ct) || await blueprints.ReadAsync(null, ct) is not { Count: > 0 } all)
            return Problem.NotFound("There are no blueprints here");

        var categories = all
            .GroupBy(blueprint => blueprint.NotificationGroup?.Name ?? NoGroup, (name, members) => new Category(name, [.. members]))
            .OrderBy(category => category.Name, StringComparer.Ordinal);
        return Answer.Of(new View(
            [.. categories],
            new("Popular", [.. all.Where(blueprint => blueprint.Tags.Contains(Popular, StringComparer.OrdinalIgnoreCase))])));
    }
}
