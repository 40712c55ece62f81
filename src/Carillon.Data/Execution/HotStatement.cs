namespace Carillon.Data.Execution;

/// <summary>A statement that runs all day. Each store lists its own, so that a test can ask the planner about every one of them.</summary>
internal sealed record HotStatement(string Name, string Sql);
