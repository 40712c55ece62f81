using Carillon.Server.Http.Input;
using Microsoft.OpenApi;

namespace Carillon.Server.Description;

/// <summary>The members that a route reads from its body or query, as its request type tells them.</summary>
internal static class Inputs
{
    private static readonly (string What, JsonSchemaType Type)[] Types =
    [
        ("must be a string", JsonSchemaType.String),
        ("must be an array", JsonSchemaType.Array),
        ("must be an object", JsonSchemaType.Object),
        ("must be a boolean value", JsonSchemaType.Boolean),
        ("must be an integer number", JsonSchemaType.Integer),
    ];

    public static void Describe(Reading reading, OpenApiOperation operation)
    {
        if (reading.IsQuery)
            operation.Parameters = [.. operation.Parameters ?? [], .. reading.Names.Select(name => ParameterOf(reading, name))];
        else
            operation.RequestBody = BodyOf(reading);
    }

    private static OpenApiParameter ParameterOf(Reading reading, string name) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Required = reading.IsRequired(name),
        Schema = SchemaOf(reading, name),
    };

    private static OpenApiRequestBody BodyOf(Reading reading) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = reading.Names.ToDictionary(name => name, name => (IOpenApiSchema)SchemaOf(reading, name)),
                    Required = new HashSet<string>(reading.Names.Where(reading.IsRequired)),
                },
            },
        },
    };

    private static OpenApiSchema SchemaOf(Reading reading, string name) =>
        new() { Type = Types.Where(type => reading.Wants(name, type.What)).Select(type => (JsonSchemaType?)type.Type).FirstOrDefault() };
}
