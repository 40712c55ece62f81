namespace Carillon.Server.Http.Browsers;

/// <summary>
/// What browsers are told about every answer. A route that serves a page replaces the content policy by its own. Nobody is shown what
/// answers a websocket, and it would be held for as long as that is open.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers.Upgrade == "websocket") return next(context);

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "SAMEORIGIN";
        headers.XXSSProtection = "0";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Origin-Agent-Cluster"] = "?1";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-DNS-Prefetch-Control"] = "off";
        headers["X-Download-Options"] = "noopen";
        headers["X-Permitted-Cross-Domain-Policies"] = "none";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=15552000; includeSubDomains";
        return next(context);
    }
}
