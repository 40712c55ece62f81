using System.ComponentModel.DataAnnotations;

namespace Carillon.Server.Http.Telemetry;

/// <summary>Section <c>Carillon:Metrics</c>.</summary>
internal sealed class MetricsOptions
{
    public const string Section = "Carillon:Metrics";

    /// <summary>What Prometheus shows as its bearer token; without it there is no such page.</summary>
    [MinLength(16, ErrorMessage = "Carillon:Metrics:Token must have at least 16 characters.")]
    public string? Token { get; set; }
}
