using Carillon.Server.Http.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Carillon.Server.Description;

/// <summary>What a caller has to show, as tools for OpenAPI know it.</summary>
internal static class SecuritySchemes
{
    private const string ApiKey = "ApiKey";
    private const string User = "User";
    private const string Subscriber = "Subscriber";

    public static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info = new() { Title = "Carillon", Version = "1", Description = "Say what happened to whom; Carillon tells them, and tells you." };
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [ApiKey] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "Authorization",
                Description = "The key of an environment, after the word ApiKey and a space: `ApiKey 0123…`.",
            },
            [User] = Bearer("A user's token. Routes of an environment also want its id in the header Novu-Environment-Id."),
            [Subscriber] = Bearer("A subscriber's token, as an inbox session hands it out."),
        };
        return Task.CompletedTask;
    }

    public static IList<OpenApiSecurityRequirement> For(AccessRule rule, OpenApiDocument? document)
    {
        IReadOnlyList<string> schemes = rule.Credentials switch
        {
            Credentials.KeyOrUser => [ApiKey, User],
            Credentials.User => [User],
            Credentials.Subscriber => [Subscriber],
            _ => [],
        };
        return [.. schemes.Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] })];
    }

    private static OpenApiSecurityScheme Bearer(string description) =>
        new() { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = description };
}
