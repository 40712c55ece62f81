using Carillon.Data;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Http;

/// <summary>The one place that catches what nobody expected. The client gets a number to quote; the log has the rest.</summary>
internal sealed partial class ExceptionBoundary(RequestDelegate next, Ids ids, TimeProvider clock, ILogger<ExceptionBoundary> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        Arrival.Note(context, clock);
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            // Headers that outer layers set, such as those for browsers, stay; a body cannot have begun.
            context.Response.ContentLength = null;
            await Explain(e, context).ExecuteAsync(context);
        }
    }

    private Problem Explain(Exception exception, HttpContext context)
    {
        if (exception is BadHttpRequestException bad) return Problem.Of(bad.StatusCode, bad.Message);

        if (Outage.Is(exception))
        {
            Log.DatabaseUnavailable(log, exception);
            return Problem.Unavailable("The database is not available");
        }

        var errorId = ids.New();
        Log.Unexpected(log, exception, errorId, context.Request.Method, context.Request.Path);
        return Problem.Unexpected(errorId);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Unexpected error {ErrorId} on {Method} {Path}")]
        public static partial void Unexpected(ILogger log, Exception exception, string errorId, string method, string path);

        [LoggerMessage(LogLevel.Warning, "The database is not available")]
        public static partial void DatabaseUnavailable(ILogger log, Exception exception);
    }
}
