using Microsoft.AspNetCore.Http.Features;

namespace Carillon.Server.Http.Answers;

/// <summary>When a request came in, kept with it so that answers need no clock of their own.</summary>
internal sealed record Arrival(DateTimeOffset At)
{
    public static void Note(HttpContext context, TimeProvider clock) => context.Features.Set(new Arrival(clock.GetUtcNow()));

    public static DateTimeOffset Of(HttpContext context) => context.Features.GetRequiredFeature<Arrival>().At;

    /// <summary>What was asked for, as it was sent: with the query and without decoding.</summary>
    public static string Target(HttpContext context) =>
        context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw && raw[0] == '/'
            ? raw
            : context.Request.PathBase + context.Request.Path + context.Request.QueryString;
}
