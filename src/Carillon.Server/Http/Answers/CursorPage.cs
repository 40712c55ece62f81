using System.Text.Json.Serialization;

namespace Carillon.Server.Http.Answers;

/// <summary>A page of a list that one walks by cursors, as the second version of the contract has it.</summary>
internal sealed record CursorPage<T>(
    IReadOnlyList<T> Data,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Previous);
