using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Environments;

internal static class ListEnvironments
{
    public static async Task<Results<Answer<IReadOnlyList<EnvironmentView>>, Problem>> Handle(
        Caller caller, CarillonDb db, SecretBox box, CancellationToken ct)
    {
        if (!caller.HasOrganization) return Problem.NotFound("No environments were found for organization");

        var organizationId = caller.OrganizationId;
        var environments = await db.Environments.AsNoTracking()
            .Where(environment => environment.OrganizationId == organizationId)
            .OrderBy(environment => environment.CreatedAt).ThenBy(environment => environment.ParentId != null)
            .ToListAsync(ct);

        // All environments of the organization at once; its id takes the place of the environment filter.
        var keys = await db.ApiKeys.AsNoTracking().IgnoreQueryFilters(new[] { CarillonDb.EnvironmentFilter })
            .Where(key => key.OrganizationId == organizationId)
            .OrderByDescending(key => key.CreatedAt).ThenByDescending(key => key.Id)
            .ToListAsync(ct);

        // A key shows itself, and not the keys of the environments beside its own. It acts as an admin, so nobody else is shown one.
        var shown = keys
            .Where(key => caller.Scheme == Scheme.User ? caller.IsAdmin : key.EnvironmentId == caller.EnvironmentId)
            .ToLookup(key => key.EnvironmentId, key => ApiKeyView.WithHash(key, box));

        return Answer.Of<IReadOnlyList<EnvironmentView>>(
            [.. environments.Select(environment => EnvironmentView.Of(environment, [.. shown[environment.Id]]))]);
    }
}
