using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Environments;

internal static class GetMyEnvironment
{
    public static async Task<Results<Answer<EnvironmentView>, Problem>> Handle(
        CurrentEnvironment current, CarillonDb db, CancellationToken ct) =>
        await db.Environments.AsNoTracking().SingleOrDefaultAsync(environment => environment.Id == current.Id, ct) is { } found
            ? Answer.Of(EnvironmentView.Of(found) with { Id = found.Id })
            : Problem.NotFound($"Environment {current.Id} not found");
}
