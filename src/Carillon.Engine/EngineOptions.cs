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

    /// <summary>What holds for single integrations instead, by their identifiers.</summary>
    public Dictionary<string, IntegrationLimits> Integrations { get; } = [];

    /// <summary>Failures in a row after which an integration is left alone; 0 for never.</summary>
    [Range(0, 1_000)]
    public int BreakAfter { get; set; } = 5;

    /// <summary>How long it is left alone at first; twice as long each time it fails again, up to five minutes.</summary>
    public TimeSpan BreakTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether mails and text messages that an integration cannot take go to the channel's next one.</summary>
    public bool Failover { get; set; }

    /// <summary>Whether they do so also when the first may have taken them all the same, so that somebody may get one twice.</summary>
    public bool RepeatsElsewhere { get; set; }

    /// <summary>How long a claim holds without being renewed.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>What one call to a provider may take.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stopping process waits for what is on its way to a provider.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the engine rests at most when nothing tells it of work.</summary>
    public TimeSpan LongestRest { get; set; } = TimeSpan.FromSeconds(10);

    internal IntegrationLimits LimitsOf(string identifier) => Integrations.GetValueOrDefault(identifier) ?? new();

    // A send begins only with more of its lease left than it may take; with a shorter lease none ever would.
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SendTimeout <= TimeSpan.Zero) yield return new("Carillon:Engine:SendTimeout must be longer than nothing.");
        if (Lease < 2 * SendTimeout) yield return new("Carillon:Engine:Lease must be at least twice as long as Carillon:Engine:SendTimeout.");
        if (BreakTime <= TimeSpan.Zero) yield return new("Carillon:Engine:BreakTime must be longer than nothing.");
        foreach (var (identifier, limits) in Integrations)
        {
            if (limits.AtOnce is < 1 or > 1_000) yield return new($"Carillon:Engine:Integrations:{identifier}:AtOnce must be between 1 and 1000.");
            if (limits.PerSecond is <= 0) yield return new($"Carillon:Engine:Integrations:{identifier}:PerSecond must be more than nothing.");
        }

        if (DrainTime < TimeSpan.Zero) yield return new("Carillon:Engine:DrainTime must not be negative.");
        if (LongestRest <= TimeSpan.Zero) yield return new("Carillon:Engine:LongestRest must be longer than nothing.");
    }
}

/// <summary>How much one integration is given: sends at once, and sends a second; null where the general option holds.</summary>
public sealed record IntegrationLimits
{
    public int? AtOnce { get; set; }
    public double? PerSecond { get; set; }
}
