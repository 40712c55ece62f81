namespace Carillon.Simulation;

internal sealed record PlannedStep(string Type, string Says, object? Metadata = null)
{
    public bool Gathers => Type == "digest";
}

/// <summary>A workflow of the simulation, and what the model has to know of it.</summary>
internal sealed record Plan(string Name, int Number, TimeSpan Least, params IReadOnlyList<PlannedStep> Steps)
{
    private const string One = "{{n}},";
    private const string Several = "{{#each step.events}}{{n}},{{/each}}";

    /// <summary>In-app first, so that it is over before its row is written, and then out of the process.</summary>
    public static Plan Plain { get; } = new("plain", 1, TimeSpan.Zero, new("in_app", One), new("sms", One));

    public static Plan Delayed { get; } = new("delayed", 2, TimeSpan.FromSeconds(20), Wait("delay", 20), new("sms", One), new("in_app", One));

    public static Plan Gathered { get; } = new(
        "gathered", 3, TimeSpan.FromSeconds(4), Wait("digest", 4), new("in_app", Several), Wait("delay", 2), Wait("digest", 6), new("sms", Several));

    public static Plan Passing { get; } = new(
        "passing", 4, TimeSpan.Zero,
        new("digest", "", new { type = "backoff", amount = 4, unit = "seconds", backoffAmount = 10, backoffUnit = "seconds" }),
        new("in_app", $"{{{{#if step.digest}}}}{Several}{{{{else}}}}{One}{{{{/if}}}}"));

    public static IReadOnlyList<Plan> All { get; } = [Plain, Delayed, Gathered, Passing];

    public string WorkflowId { get; } = $"5e00000000000000000{Number}0000";
    public string VersionId { get; } = $"5e00000000000000000{Number}1000";
    public bool Gathers => Steps.Any(step => step.Gathers);

    private static PlannedStep Wait(string type, int seconds) => new(type, "", new { type = "regular", amount = seconds, unit = "seconds" });
}
