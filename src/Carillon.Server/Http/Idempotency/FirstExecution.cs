using Carillon.Data.Idempotency;

namespace Carillon.Server.Http.Idempotency;

/// <summary>
/// Runs the request whose key we hold, keeps its answer, and only then sends it: an answer that was seen can be repeated. What
/// failed on our side is not kept; the key is free again and the client may simply retry.
/// </summary>
internal sealed class FirstExecution(IdempotencyStore store, KeyedRequest request, Claim.Ours claim)
{
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var aborted = context.RequestAborted;
        var wire = context.Response.Body;
        using var written = new MemoryStream();
        context.Response.Body = written;

        // A client that hangs up must not stop this half way: it would come back with the same key.
        context.RequestAborted = CancellationToken.None;
        context.Features.Set(new RepeatableRequest(claim.Seed));
        var answered = false;
        try
        {
            await next(context);
            answered = context.Response.StatusCode < StatusCodes.Status500InternalServerError;
        }
        finally
        {
            context.Response.Body = wire;
            context.RequestAborted = aborted;
            if (!answered) await store.ReleaseAsync(request, claim);
        }

        var answer = StoredAnswer.Of(context.Response, written);
        if (answered) await store.KeepAsync(request, claim, answer);
        await answer.WriteBodyAsync(context.Response, aborted);
    }
}
