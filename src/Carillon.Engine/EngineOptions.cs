using System.ComponentModel.DataAnnotations;

namespace Carillon.Engine;

/// <summary>How much the engine takes on at a time. The defaults suit one process on a small machine.</summary>
public sealed class EngineOptions : IValidatableObject
{
    /// <summary>Trigger calls that may wait for their commit; one more is answered with 503.</summary>
    [Range(1, 1_000_000)]
    public int AcceptQueue { get; set; } = 10_000;

    /// <summary>Trigger calls that share one commit at most.</summary>
    [Range(1, 10_000)]
    public int AcceptBatch { get; set; } = 500;

    /// <summary>Recipients expanded in one transaction.</summary>
    [Range(1, 100_000)]
    public int PageSize { get; set; } = 2_000;

    /// <summary>Events expanded side by side; each gives up its turn after a page.</summary>
    [Range(1, 10_000)]
    public int EventsAtOnce { get; set; } = 256;

    /// <summary>Runs that may be on their way to a provider at once.</summary>
    [Range(1, 100_000)]
    public int RunsInFlight { get; set; } = 512;

    /// <summary>Sends that one integration gets at once.</summary>
    [Range(1, 1_000)]
    public int SendsPerIntegration { get; set; } = 10;

    /// <summary>How long a claim holds without being renewed.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>What one call to a provider may take.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stopping process waits for what is on its way to a provider.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the engine rests at most when nothing tells it of work.</summary>
    public TimeSpan LongestRest { get; set; } = TimeSpan.FromSeconds(2);

    // A send begins only with more of its lease left than it may take; with a shorter lease none ever would.
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SendTimeout <= TimeSpan.Zero) yield return new("Carillon:Engine:SendTimeout must be longer than nothing.");
        if (Lease < 2 * SendTimeout) yield return new("Carillon:Engine:Lease must be at least twice as long as Carillon:Engine:SendTimeout.");
        if (DrainTime < TimeSpan.Zero) yield return new("Carillon:Engine:DrainTime must not be negative.");
        if (LongestRest <= TimeSpan.Zero) yield return new("Carillon:Engine:LongestRest must be longer than nothing.");
    }
}
