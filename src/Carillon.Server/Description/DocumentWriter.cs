using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Carillon.Server.Description;

/// <summary>Makes the document from the app's routes.</summary>
internal static class DocumentWriter
{
    private const string Name = "v1";

    /// <summary>The document as JSON. Its server is where this one is reached, or, where nobody has said that, wherever it was read.</summary>
    public static async Task<byte[]> WriteAsync(IReadOnlyList<ServiceDescriptor> app, string? publicUrl)
    {
        var document = await Describing(app).GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();
        document.Servers = [new() { Url = publicUrl ?? "/" }];
        using var text = new MemoryStream();
        await document.SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1);
        return text.ToArray();
    }

    // It has all that the app's has, because that tells which of a handler's parameters are services. Nobody disposes of it: its routes are the app's.
    private static ServiceProvider Describing(IReadOnlyList<ServiceDescriptor> app)
    {
        IServiceCollection services = new ServiceCollection();
        foreach (var service in app) services.Add(service);
        services.AddOpenApi(Name, Arrange);
        return services.BuildServiceProvider();
    }

    private static void Arrange(OpenApiOptions options)
    {
        options.CreateSchemaReferenceId = type => SchemaNames.Of(type);
        options.AddDocumentTransformer(SecuritySchemes.DescribeAsync);
        options.AddOperationTransformer(Operations.DescribeAsync);
    }
}
