using System.Text.Json;
using Carillon.Engine.Templating;

namespace Carillon.Engine.Conditions;

/// <summary>What has become of an earlier step's message.</summary>
public readonly record struct EarlierMessage(bool Seen, bool Read);

/// <summary>Everything that conditions can ask about, read before anything is decided.</summary>
public sealed record ConditionFacts
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>What the templates in expected values see: <c>payload</c>, <c>subscriber</c>, <c>tenant</c>, <c>actor</c>, <c>step</c>.</summary>
    public required TemplateContext Words { get; init; }
    public JsonElement? Payload { get; init; }
    public JsonElement? Subscriber { get; init; }
    public JsonElement? Tenant { get; init; }
    public bool? IsOnline { get; init; }
    public DateTimeOffset? LastOnlineAt { get; init; }

    /// <summary>What webhooks answered so far, by URL; null for an answer that was no JSON.</summary>
    public IReadOnlyDictionary<string, JsonElement?> Answers { get; init; } = new Dictionary<string, JsonElement?>();

    /// <summary>The message of an earlier step, by the step's uuid; null where there is no such step, or it made none.</summary>
    public Func<string, EarlierMessage?> Earlier { get; init; } = _ => null;
}
