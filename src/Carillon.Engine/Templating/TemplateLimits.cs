namespace Carillon.Engine.Templating;

/// <summary>
/// What one render may cost. Steps are counted, not timed, so that a template which passes once passes on a busy machine as well:
/// one per statement and loop turn, more for calls that read much data.
/// </summary>
public sealed record TemplateLimits
{
    public static TemplateLimits Default { get; } = new();

    /// <summary>In UTF-16 units.</summary>
    public int OutputLength { get; init; } = 1024 * 1024;

    /// <summary>Blocks within blocks, partials included.</summary>
    public int Depth { get; init; } = 100;

    public int Steps { get; init; } = 1_000_000;
}
