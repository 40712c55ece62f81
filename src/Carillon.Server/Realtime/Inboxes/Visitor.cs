namespace Carillon.Server.Realtime.Inboxes;

/// <summary>A subscriber who listens, and until when their token lets them.</summary>
internal sealed record Visitor(string SubscriberId, string EnvironmentId, string OrganizationId, DateTimeOffset Until);
