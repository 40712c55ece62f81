namespace Carillon.Data.Execution;

/// <summary>What a trigger call has to know of its workflow.</summary>
public sealed record TriggeredWorkflow(string EnvironmentId, string Identifier, string Id, string OrganizationId, string VersionId, bool Active);
