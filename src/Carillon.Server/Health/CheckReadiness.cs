using Carillon.Data.Execution;
using Carillon.Server.Configuration;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Health;

/// <summary>
/// Whether this process should be sent something, and how late the engine is. Being late is no reason not to be ready: whoever is sent
/// less for it is only later.
/// </summary>
internal static class CheckReadiness
{
    public static async Task<Results<Ok<ReadinessView>, Problem>> Handle(
        IEngineStore store, NodeRoles roles, TimeProvider clock, IHostApplicationLifetime life, CancellationToken ct)
    {
        if (life.ApplicationStopping.IsCancellationRequested) return Problem.Unavailable("The server is stopping");

        var next = await store.NextDueAsync(ct);
        return TypedResults.Ok(new ReadinessView("ready", roles.Names, Math.Round(next.LagAt(clock.GetUtcNow()).TotalSeconds, 3)));
    }

    /// <param name="Lag">Seconds for which the most overdue work has been due.</param>
    internal sealed record ReadinessView(string Status, IReadOnlyList<string> Roles, double Lag);
}
