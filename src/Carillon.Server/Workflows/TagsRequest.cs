using System.Text.Json;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Workflows;

internal static class TagsRequest
{
    public static IReadOnlyList<string>? Read(Field field) => field.Optional()
        .Array()
        .Must(field.Json.ValueKind != JsonValueKind.Array || HasOnlyStrings(field.Json), "each value in tags must be a string")
        .TextsOrNull;

    private static bool HasOnlyStrings(JsonElement tags) => tags.EnumerateArray().All(tag => tag.ValueKind == JsonValueKind.String);
}
