namespace Carillon.Server.Http.Answers;

/// <summary>Somebody sent on to another page, with nothing told there of where they come from.</summary>
internal sealed class Onward(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status302Found;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.Location = address;
        response.Headers.CacheControl = "no-store";
        Visit.StayDiscreet(response);
        return response.WriteAsync($"Found. Redirecting to {address}", httpContext.RequestAborted);
    }
}

/// <summary>A route that people open in a browser, so that what goes wrong is said to browsers on a page with this title.</summary>
internal sealed record Visited(string TitleOfProblems)
{
    /// <summary>Programs do not ask for pages, and are told in JSON as everywhere.</summary>
    public static Visited? By(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) ? context.GetEndpoint()?.Metadata.GetMetadata<Visited>() : null;
}

internal static class Visit
{
    extension<TBuilder>(TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>Says to browsers on a page what otherwise is said in JSON.</summary>
        public TBuilder TellsPeople(string titleOfProblems) => route.WithMetadata(new Visited(titleOfProblems));
    }

    /// <summary>
    /// Addresses here carry codes, so they are told to nobody. A window cut off from its opener cannot close itself any more,
    /// which it is to do at the end of the visit.
    /// </summary>
    public static void StayDiscreet(HttpResponse response)
    {
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "unsafe-none";
    }
}
