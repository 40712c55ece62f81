using System.Reflection;
using Carillon.Data;
using Carillon.Engine.Running;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Health;

internal static class CheckHealth
{
    private static readonly string Version =
        typeof(CheckHealth).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static async Task<Results<Answer<HealthView>, Problem>> Handle(CarillonDb db, Circuits circuits, CancellationToken ct)
    {
        if (!await db.Database.CanConnectAsync(ct)) return Problem.Unavailable("The database is not available");

        // The queue is a table of the same database; there is nothing else that could be down.
        var parts = new Dictionary<string, HealthPart>
        {
            ["db"] = new("up"),
            ["workflowQueue"] = new("up"),
            ["apiVersion"] = new("up", Version),
        };
        // A vendor that is down is no reason to restart us, or to send us nothing more.
        if (circuits.BrokenProviders is { Count: > 0 } broken) parts["providers"] = new("up") { LeftAlone = broken };
        return Answer.Of(new HealthView("ok", parts, [], parts));
    }

    internal sealed record HealthPart(string Status, string? Version = null)
    {
        /// <summary>Providers that failed again and again.</summary>
        public IReadOnlyList<string>? LeftAlone { get; init; }
    }

    internal sealed record HealthView(
        string Status,
        Dictionary<string, HealthPart> Info,
        Dictionary<string, HealthPart> Error,
        Dictionary<string, HealthPart> Details);
}
