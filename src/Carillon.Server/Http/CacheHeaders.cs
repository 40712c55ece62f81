namespace Carillon.Server.Http;

/// <summary>What intermediaries and browsers may keep of a route's answers, its refusals of bad input included.</summary>
internal sealed record CacheRule(string Value);

internal sealed class CacheHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CacheRule>() is { } rule)
            context.Response.Headers.CacheControl = rule.Value;
        return next(context);
    }
}

internal static class CacheConventions
{
    extension<TBuilder>(TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        public TBuilder CacheControl(string value) => route.WithMetadata(new CacheRule(value));

        /// <summary>For answers that carry a token or a key.</summary>
        public TBuilder NoStore() => route.CacheControl("no-store");
    }
}
