using System.Text.Json.Serialization;
using Carillon.Data.Tenants;

namespace Carillon.Server.WorkflowOverrides;

internal sealed record OverrideView(
    ChannelsView PreferenceSettings,
    [property: JsonPropertyName("_id")] string ObjectId,
    bool Active,
    [property: JsonPropertyName("_environmentId")] string EnvironmentId,
    [property: JsonPropertyName("_organizationId")] string OrganizationId,
    [property: JsonPropertyName("_workflowId")] string WorkflowId,
    [property: JsonPropertyName("_tenantId")] string TenantId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public bool Deleted { get; }

    [JsonPropertyName("__v")]
    public int Revision { get; }
    public string Id => ObjectId;

    public static OverrideView Of(WorkflowOverride one) => new(
        ChannelsView.Of(one.PreferenceSettings), one.Id, one.Active, one.EnvironmentId, one.OrganizationId, one.WorkflowId, one.TenantId,
        one.CreatedAt, one.UpdatedAt);
}
