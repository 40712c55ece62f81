using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Environments;

/// <summary>Every tag that a workflow of the environment has. A key asks of its own environment, a user of any of the organization's.</summary>
internal static class ListTags
{
    public sealed record View(string Name);

    public static async Task<Results<Answer<IReadOnlyList<View>>, Problem>> Handle(
        MongoId environmentId, Caller caller, CurrentEnvironment current, CarillonDb db, CancellationToken ct)
    {
        var isOurs = caller.Scheme == Scheme.ApiKey
            ? environmentId.Text == current.Id
            : await db.Environments.AnyAsync(found => found.Id == environmentId.Text && found.OrganizationId == caller.OrganizationId, ct);
        if (!isOurs) return Problem.NotFound($"Environment {environmentId} not found");

        // Not always the current environment, but one that was just found to be the caller's.
        var tags = await db.Workflows.IgnoreQueryFilters(new[] { CarillonDb.EnvironmentFilter })
            .Where(workflow => workflow.EnvironmentId == environmentId.Text)
            .OrderBy(workflow => workflow.CreatedAt).ThenBy(workflow => workflow.Id)
            .Select(workflow => workflow.Tags)
            .ToListAsync(ct);
        return Answer.Of<IReadOnlyList<View>>([.. tags.SelectMany(list => list).Distinct().Select(tag => new View(tag))]);
    }
}
