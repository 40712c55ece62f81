using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.Tests.Support;

namespace Carillon.Contract.Description;

/// <summary>One operation of the contract, or of a served description, as far as its callers depend on it.</summary>
internal sealed partial record Operation(
    string OperationId, IReadOnlyList<Parameter> Parameters, BodyFields? Body, IReadOnlyList<string> Statuses)
{
    /// <summary>The 105 operations of the contract, by verb and path.</summary>
    public static IReadOnlyDictionary<string, Operation> Contract { get; } = JsonSerializer.Deserialize<Dictionary<string, Operation>>(
        File.ReadAllText(Repository.Folder("tests", "Carillon.Contract", "Description", "operations.json")), JsonSerializerOptions.Web)!;

    /// <summary>The operations of an OpenAPI document, by verb and path.</summary>
    public static IReadOnlyDictionary<string, Operation> Of(JsonElement document) =>
        (from path in document.GetProperty("paths").EnumerateObject()
         from operation in path.Value.EnumerateObject()
         select ($"{operation.Name.ToUpperInvariant()} {path.Name}", Read(operation.Value))).ToDictionary();

    /// <summary>Verb and path without the names of parameters, which callers do not see.</summary>
    public static string Address(string operation) => ParameterName().Replace(operation, "{}").TrimEnd('/');

    private static Operation Read(JsonElement operation) => new(
        operation.GetProperty("operationId").GetString()!,
        operation.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray().Select(ReadParameter)] : [],
        operation.TryGetProperty("requestBody", out var body) ? ReadBody(body) : null,
        [.. operation.GetProperty("responses").EnumerateObject().Select(response => response.Name)]);

    private static Parameter ReadParameter(JsonElement parameter) => new(
        parameter.GetProperty("name").GetString()!,
        parameter.GetProperty("in").GetString()!,
        parameter.TryGetProperty("required", out var required) && required.GetBoolean());

    private static BodyFields ReadBody(JsonElement body)
    {
        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        return new(
            schema.TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject().Select(property => property.Name)] : [],
            schema.TryGetProperty("required", out var required) ? [.. required.EnumerateArray().Select(name => name.GetString()!)] : []);
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex ParameterName();
}

internal sealed record Parameter(string Name, string In, bool Required);

internal sealed record BodyFields(IReadOnlyList<string> Properties, IReadOnlyList<string> Required);
