namespace Carillon.Server.Http;

/// <summary>
/// One line for each request, at level Debug. Paths are safe to show; queries may carry hashes, codes and states, and headers
/// keys, so neither is ever written.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider clock, ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!log.IsEnabled(LogLevel.Debug))
        {
            await next(context);
            return;
        }

        var begun = clock.GetTimestamp();
        var (method, path) = (context.Request.Method, context.Request.Path);
        await next(context);
        Log.Answered(log, method, path, context.Response.StatusCode, clock.GetElapsedTime(begun).TotalMilliseconds);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "{Method} {Path} answered {Status} in {Milliseconds} ms")]
        public static partial void Answered(ILogger log, string method, string path, int status, double milliseconds);
    }
}
