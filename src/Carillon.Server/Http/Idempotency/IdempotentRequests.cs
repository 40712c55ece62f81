using System.Security.Cryptography;
using Carillon.Data;
using Carillon.Data.Idempotency;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.Extensions.Options;

namespace Carillon.Server.Http.Idempotency;

/// <summary>
/// Does a request with an Idempotency-Key once and answers every repeat with what it answered then. The claim on the key is a
/// unique row, so that of any number of repeats, on any number of nodes, one is done. See the README beside this file.
/// </summary>
internal sealed class IdempotentRequests(RequestDelegate next, IdempotencyStore store, IOptions<IdempotencyOptions> options)
{
    private const string KeyHeader = "Idempotency-Key";
    private const string ReplayHeader = "Idempotency-Replay";
    private const int LongestKey = 255;
    private static readonly (string, string) Link = ("Link", "https://docs.novu.co/additional-resources/idempotency");

    public Task InvokeAsync(HttpContext context, Caller caller)
    {
        var key = context.Request.Headers[KeyHeader].ToString();
        return key.Length == 0 || !options.Value.Enabled || !caller.IsKnown || !TakesKeys(context.Request.Method)
            ? next(context)
            : DoOnceAsync(context, caller, key);
    }

    private async Task DoOnceAsync(HttpContext context, Caller caller, string key)
    {
        if (Refusal(key) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        var body = await RequestBody.ReadAsync(context);
        if (body.Problem is not null)
        {
            await next(context);
            return;
        }

        context.Response.Headers[KeyHeader] = key;
        var hash = Convert.ToHexStringLower(SHA256.HashData(body.Bytes.Span));
        await AnswerOnceAsync(context, new(ScopeOf(caller), $"{context.Request.Method} {context.Request.Path}", key, hash));
    }

    private async Task AnswerOnceAsync(HttpContext context, KeyedRequest request)
    {
        switch (await store.ClaimAsync(request, context.RequestAborted))
        {
            case Claim.Ours ours:
                await new FirstExecution(store, request, ours).RunAsync(context, next);
                break;
            case Claim.Answered answered:
                context.Response.Headers[ReplayHeader] = "true";
                await store.Open(answered.Answer).WriteAsync(context.Response, context.RequestAborted);
                break;
            case Claim.OtherBody:
                await Conflict(Problem.Unprocessable($"Request with key \"{request.Key}\" is being reused for a different body"), []).ExecuteAsync(context);
                break;
            default:
                await Conflict(
                    Problem.Conflict($"Request with key \"{request.Key}\" is currently being processed. Please retry after 1 second"),
                    [("Retry-After", "1")]).ExecuteAsync(context);
                break;
        }
    }

    private static Problem Conflict(Problem problem, IReadOnlyList<(string, string)> headers) => problem.With([.. headers, Link]);

    private static bool TakesKeys(string method) => HttpMethods.IsPost(method) || HttpMethods.IsPatch(method);

    // Header lines carry the key back, and they hold nothing else.
    private static Problem? Refusal(string key) => key switch
    {
        { Length: > LongestKey } =>
            Problem.BadRequest($"idempotencyKey \"{key}\" has exceeded the maximum allowed length of {LongestKey} characters"),
        _ when key.AsSpan().ContainsAnyExceptInRange(' ', '~') => Problem.BadRequest("idempotencyKey must contain printable ASCII characters only"),
        _ => null,
    };

    // Subscribers have keys of their own, lest one be answered what another was; so has a user who has not chosen an environment yet.
    private static string ScopeOf(Caller caller) =>
        caller.Scheme == Scheme.Subscriber ? caller.SubscriberId : caller.EnvironmentId ?? caller.UserId;
}
