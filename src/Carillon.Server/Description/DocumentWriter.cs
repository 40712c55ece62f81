using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Carillon.Server.Description;

/// <summary>Makes the document from the app's routes.</summary>
internal static class DocumentWriter
{
    private const string Name = "v1";

    /// <summary>
    /// In a container with all that the app's has, because that tells which of a handler's parameters are services. It is not disposed: the
    /// routes that it holds are the app's.
    /// </summary>
    public static async Task<byte[]> WriteAsync(IServiceCollection app)
    {
        IServiceCollection services = new ServiceCollection();
        foreach (var service in app) services.Add(service);
        services.AddOpenApi(Name, Arrange);

        var documents = services.BuildServiceProvider().GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        var document = await documents.GetOpenApiDocumentAsync();
        using var text = new MemoryStream();
        await document.SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1);
        return text.ToArray();
    }

    private static void Arrange(OpenApiOptions options)
    {
        options.CreateSchemaReferenceId = type => SchemaNames.Of(type);
        options.AddDocumentTransformer(SecuritySchemes.DescribeAsync);
        options.AddOperationTransformer(Operations.DescribeAsync);
    }
}
