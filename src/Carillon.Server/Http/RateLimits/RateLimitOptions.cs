using System.ComponentModel.DataAnnotations;

namespace Carillon.Server.Http.RateLimits;

/// <summary>Section <c>Carillon:RateLimits</c>. Tokens are per second and environment, or user.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "Carillon:RateLimits";

    private const string Rule = "Carillon:RateLimits:{0} must be a number from 1 to 1000000.";

    public bool Enabled { get; set; } = true;

    [Range(1, 1_000_000, ErrorMessage = Rule)]
    public int Trigger { get; set; } = 6000;

    [Range(1, 1_000_000, ErrorMessage = Rule)]
    public int Configuration { get; set; } = 2000;

    [Range(1, 1_000_000, ErrorMessage = Rule)]
    public int Global { get; set; } = 3000;

    /// <summary>Requests a minute and address, on routes that need no credentials.</summary>
    [Range(1, 1_000_000, ErrorMessage = Rule)]
    public int Address { get; set; } = 300;
}
