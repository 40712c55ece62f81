using System.Diagnostics;

namespace Carillon.Server.Http;

/// <summary>
/// One line for each request, at level Debug. Queries may carry hashes, codes and states, and headers keys, so neither is ever
/// written; of a path that is a secret, only its pattern is.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider clock, ILogger<RequestLog> log)
{
    public Task InvokeAsync(HttpContext context) =>
        log.IsEnabled(LogLevel.Debug) || Activity.Current is not null ? NoteAsync(context) : next(context);

    private async Task NoteAsync(HttpContext context)
    {
        var begun = clock.GetTimestamp();
        var (method, path) = (context.Request.Method, context.Request.Path);
        await next(context);

        var pattern = PatternOfSecret(context.GetEndpoint());
        if (pattern is not null) Activity.Current?.SetTag("url.path", pattern);
        if (log.IsEnabled(LogLevel.Debug))
            Log.Answered(log, method, pattern ?? path, context.Response.StatusCode, clock.GetElapsedTime(begun).TotalMilliseconds);
    }

    private static string? PatternOfSecret(Endpoint? endpoint) =>
        endpoint is RouteEndpoint route && route.Metadata.GetMetadata<SecretPath>() is not null ? route.RoutePattern.RawText : null;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "{Method} {Path} answered {Status} in {Milliseconds} ms")]
        public static partial void Answered(ILogger log, string method, string path, int status, double milliseconds);
    }
}
