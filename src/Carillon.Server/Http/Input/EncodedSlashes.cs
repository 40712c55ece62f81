using Microsoft.AspNetCore.Http.Features;

namespace Carillon.Server.Http.Input;

/// <summary>
/// Gives routes the values that were sent. An encoded slash is the one thing the server leaves encoded in a path, and then it
/// cannot be told from the text "%2F" any more; so where one was sent, values are read again from the request line.
/// </summary>
internal sealed class EncodedSlashes(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestFeature>()?.RawTarget is { } target
            && target.Contains("2F", StringComparison.OrdinalIgnoreCase)
            && context.GetEndpoint() is RouteEndpoint { RoutePattern.PathSegments: var pattern })
        {
            var sent = target.Split('?')[0].TrimStart('/').Split('/');
            for (var i = 0; i < Math.Min(sent.Length, pattern.Count); i++)
            {
                if (pattern[i].Parts is [Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { IsCatchAll: false } parameter])
                    context.Request.RouteValues[parameter.Name] = Uri.UnescapeDataString(sent[i]);
            }
        }

        return next(context);
    }
}
