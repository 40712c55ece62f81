using System.Text.Json;

namespace Carillon.Engine.Tenants;

/// <summary>A tenant as callers name it: by its identifier alone, or in an object with what is to be known of it.</summary>
public static class TenantObject
{
    /// <summary>Null where the caller left it out.</summary>
    public static string? IdentifierOf(JsonElement tenant) => tenant.ValueKind switch
    {
        JsonValueKind.String => tenant.GetString(),
        _ => Text(tenant, "identifier"),
    } is { Length: > 0 } identifier ? identifier : null;

    /// <summary>Always the object.</summary>
    public static JsonElement Of(JsonElement tenant) => tenant.ValueKind == JsonValueKind.String
        ? JsonSerializer.SerializeToElement(new { identifier = tenant.GetString() })
        : tenant;

    internal static string? Text(JsonElement tenant, string name) =>
        Member(tenant, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    internal static JsonElement? Member(JsonElement tenant, string name) =>
        tenant.ValueKind == JsonValueKind.Object && tenant.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
}
