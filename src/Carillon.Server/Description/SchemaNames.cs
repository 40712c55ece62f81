using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Carillon.Server.Description;

/// <summary>
/// Names of described types. Slices name their nested types alike (<c>Request</c>, <c>View</c>), so the slice's name goes before.
/// </summary>
internal static class SchemaNames
{
    public static string? Of(JsonTypeInfo info) =>
        OpenApiOptions.CreateDefaultSchemaReferenceId(info) is null ? null : NameOf(info.Type);

    private static string NameOf(Type type)
    {
        if (type.IsArray) return $"{NameOf(type.GetElementType()!)}List";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return NameOf(underlying);

        var name = type.Name.Split('`')[0];
        if (type.IsGenericType) name += $"Of{string.Join("And", type.GetGenericArguments().Select(NameOf))}";
        return type.DeclaringType is { } slice ? $"{slice.Name.Split('`')[0]}{name}" : name;
    }
}
