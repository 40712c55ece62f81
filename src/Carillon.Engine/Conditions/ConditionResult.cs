using System.Text.Json.Serialization;

namespace Carillon.Engine.Conditions;

/// <summary>One condition as the trace shows it.</summary>
public sealed record ConditionLine(
    [property: JsonPropertyName("filter")] string Kind, string Field, string Expected, string Actual, string Operator, bool Passed);

/// <summary>
/// Whether conditions hold, and how each of them came out. Where <paramref name="Unasked"/> names webhooks, nothing is decided
/// yet; where there is an <paramref name="Error"/>, nothing ever will be.
/// </summary>
public sealed record ConditionResult(
    bool Passed, IReadOnlyList<ConditionLine> Conditions, IReadOnlyList<string> Unasked, string? Error = null)
{
    public static ConditionResult Nothing { get; } = new(true, [], []);

    public bool IsDecided => Unasked.Count == 0 && Error is null;
}
