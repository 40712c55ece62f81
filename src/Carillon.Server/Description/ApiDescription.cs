using System.Security.Cryptography;
using Carillon.Server.Http.Access;
using Scalar.AspNetCore;

namespace Carillon.Server.Description;

/// <summary>The API described by its own routes: as a document for tools at /openapi.json, and as a page for people at /api.</summary>
internal static class ApiDescription
{
    private const string DocumentAddress = "/openapi.json";
    private const string PageAddress = "/api";

    extension(IEndpointRouteBuilder app)
    {
        public void MapApiDescription()
        {
            app.MapGet(DocumentAddress, async (ApiDocument document) => Results.Bytes(await document.Text, "application/json; charset=utf-8"))
                .ExcludeFromDescription()
                .Public("It describes the API and shows no data.");
            app.MapScalarApiReference(PageAddress, Arrange).Public("It shows the description, and calls with what is typed into it.");
        }
    }

    // Everything the page needs comes from here, so it works without the internet, and its policy lets nothing else in.
    private static void Arrange(ScalarOptions page, HttpContext context)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self' data:; form-action 'none'; frame-ancestors 'none'; "
            + $"img-src 'self' data: blob:; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'";

        page.WithTitle("Carillon API")
            .WithOpenApiRoutePattern(DocumentAddress)
            .WithNonce(nonce)
            .DisableAgent()
            .DisableDefaultFonts()
            .DisableMcp()
            .DisableTelemetry();
    }
}
