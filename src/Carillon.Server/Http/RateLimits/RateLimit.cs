using System.Globalization;
using Carillon.Server.Configuration;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Microsoft.Extensions.Options;

namespace Carillon.Server.Http.RateLimits;

/// <summary>
/// Holds API keys to their environment's rate, people to one of their own, and everybody without credentials to their address's. All are
/// counted in this process: with several nodes, each allows as much.
/// </summary>
internal sealed class RateLimit(RequestDelegate next, TokenBuckets buckets, Addresses addresses, IOptions<RateLimitOptions> options, ServerOptions server)
{
    public Task InvokeAsync(HttpContext context, Caller caller)
    {
        if (!options.Value.Enabled) return next(context);

        var refusal = caller switch
        {
            { IsKnown: false } => DrawForAddress(context),
            { Scheme: Scheme.ApiKey } => DrawForKey(context, caller.EnvironmentId!),
            { Scheme: Scheme.User } => DrawForUser(context, caller.UserId),
            _ => null,
        };
        return refusal is null ? next(context) : refusal.ExecuteAsync(context);
    }

    private Problem? DrawForKey(HttpContext context, string environmentId)
    {
        var route = context.GetEndpoint()!.Metadata;
        var category = route.GetMetadata<RateCost>()?.Category ?? RateCategory.Global;
        var isBulk = route.GetMetadata<BulkCost>() is not null;
        var perSecond = PerSecond(category);
        var draw = buckets.Take(environmentId, category, perSecond, isBulk ? BulkCost.Tokens : 1);

        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = Text(TokenBucket.Limit(perSecond));
        headers["RateLimit-Remaining"] = Text(draw.Remaining);
        headers["RateLimit-Reset"] = Text(draw.ResetSeconds);
        headers["RateLimit-Policy"] = Policy(category, perSecond, isBulk);
        return draw.IsPaid ? null : Problem.TooManyRequests("API rate limit exceeded", draw.ResetSeconds);
    }

    // A person is nowhere near it; a script that borrows their token may be. So there is nothing to tell until it is too much.
    private Problem? DrawForUser(HttpContext context, string userId)
    {
        var isBulk = context.GetEndpoint()!.Metadata.GetMetadata<BulkCost>() is not null;
        var draw = buckets.Take(userId, RateCategory.Global, options.Value.Global, isBulk ? BulkCost.Tokens : 1);
        return draw.IsPaid ? null : Problem.TooManyRequests("API rate limit exceeded", draw.ResetSeconds);
    }

    private Problem? DrawForAddress(HttpContext context)
    {
        if (context.GetEndpoint()!.Metadata.GetMetadata<AnyRate>() is not null) return null;

        var wait = addresses.Draw(context.Connection.RemoteIpAddress, options.Value.Address);
        return wait is { } seconds ? Problem.TooManyRequests("Too many requests from this address", seconds) : null;
    }

    private int PerSecond(RateCategory category) => category switch
    {
        RateCategory.Trigger => options.Value.Trigger,
        RateCategory.Configuration => options.Value.Configuration,
        _ => options.Value.Global,
    };

    private string Policy(RateCategory category, int perSecond, bool isBulk) => string.Create(
        CultureInfo.InvariantCulture,
        $"{TokenBucket.Limit(perSecond)};w={TokenBucket.WindowSeconds};burst={TokenBucket.Capacity(perSecond)};comment=\"token bucket\";category=\"{Name(category)}\";cost=\"{(isBulk ? "bulk" : "single")}\";serviceLevel=\"{server.ServiceLevel}\"");

    private static string Name(RateCategory category) => category switch
    {
        RateCategory.Trigger => "trigger",
        RateCategory.Configuration => "configuration",
        _ => "global",
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
