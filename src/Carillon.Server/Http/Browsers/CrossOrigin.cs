using Carillon.Server.Configuration;
using Microsoft.Extensions.Options;

namespace Carillon.Server.Http.Browsers;

/// <summary>
/// Which web pages may call us from a browser: any for what inbox components use, else those the operator listed. No cookies are
/// involved, so an origin opens nothing that credentials do not.
/// </summary>
internal sealed class CrossOrigin(RequestDelegate next, IOptions<ServerOptions> options)
{
    private const string Any = "*";
    private const string Methods = "GET,HEAD,POST,PUT,DELETE,PATCH,OPTIONS";
    private const string AllowedHeaders =
        "Authorization,User-Agent,Content-Type,Sentry-Trace,Novu-Environment-Id,Novu-API-Version,Novu-User-Agent,Bypass-Tunnel-Reminder";
    private const string MaxAgeSeconds = "86400";

    private static readonly PathString[] OpenToAll = ["/socket.io", "/v1/blueprints", "/v1/inbox", "/v1/widgets"];

    public Task InvokeAsync(HttpContext context)
    {
        if (AllowedOrigin(context.Request) is { } origin)
        {
            context.Response.Headers.AccessControlAllowOrigin = origin;
            if (origin != Any) context.Response.Headers.Append("Vary", "Origin");
        }

        return IsPreflight(context.Request) ? AnswerPreflight(context.Response) : next(context);
    }

    private string? AllowedOrigin(HttpRequest request)
    {
        if (OpenToAll.Any(path => request.Path.StartsWithSegments(path))) return Any;

        var allowed = options.Value.AllowedOrigins;
        if (allowed.Contains(Any)) return Any;

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && allowed.Contains(origin, StringComparer.OrdinalIgnoreCase) ? origin : null;
    }

    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod.Count > 0;

    private static Task AnswerPreflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = Methods;
        response.Headers.AccessControlAllowHeaders = AllowedHeaders;
        response.Headers.AccessControlMaxAge = MaxAgeSeconds;
        return Task.CompletedTask;
    }
}
