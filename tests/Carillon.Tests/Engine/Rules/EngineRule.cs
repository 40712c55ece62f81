namespace Carillon.Tests.Engine.Rules;

/// <summary>Something that the engine holds to, and the tests that show it, each as <c>Class.Method</c>.</summary>
/// <param name="Group">The kind of rule.</param>
/// <param name="Says">The rule.</param>
/// <param name="IsMended">Whether the product that clients know does otherwise here, and is not followed in it.</param>
internal sealed record EngineRule(string Group, string Says, bool IsMended, params IReadOnlyList<string> Tests);
