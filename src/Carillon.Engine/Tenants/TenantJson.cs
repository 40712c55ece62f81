using System.Globalization;
using System.Text.Json;
using Carillon.Data.Mapping;
using Carillon.Data.Tenants;

namespace Carillon.Engine.Tenants;

/// <summary>A tenant as templates, conditions and traces see it, in the wire's names.</summary>
public static class TenantJson
{
    public static JsonElement Of(Tenant tenant) => JsonSerializer.SerializeToElement(Members(tenant), JsonColumn.Options);

    public static string Raw(Tenant tenant) => JsonColumn.Write(Members(tenant));

    private static Dictionary<string, object> Members(Tenant tenant)
    {
        var members = new Dictionary<string, object> { ["identifier"] = tenant.Identifier, ["name"] = tenant.Name };
        if (tenant.Data is { } data) members["data"] = data;
        members["createdAt"] = Instant(tenant.CreatedAt);
        members["updatedAt"] = Instant(tenant.UpdatedAt);
        members["_environmentId"] = tenant.EnvironmentId;
        members["_id"] = tenant.Id;
        return members;
    }

    private static string Instant(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
