using Carillon.Server.Configuration;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Browsers;
using Carillon.Server.Http.Idempotency;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.RateLimits;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing.Constraints;

namespace Carillon.Server.Http;

/// <summary>What every request passes before it reaches its route, in this order.</summary>
internal static class Edge
{
    // A body may be compressed and unpacked only to be refused; the server's own limit must not come before ours.
    private const int Slack = 1024 * 1024;

    extension(WebApplicationBuilder builder)
    {
        public void AddEdge()
        {
            // It would give every request, and so every open websocket, an activity and scopes of its own; who collects traces has them all the same.
            builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
            builder.Services.ConfigureHttpJsonOptions(json => Wire.Configure(json.SerializerOptions));
            builder.Services.AddRequestDecompression();
            builder.Services.AddResponseCompression(compression =>
            {
                compression.EnableForHttps = true;
                compression.Providers.Add<BrotliCompressionProvider>();
                compression.Providers.Add<GzipCompressionProvider>();
            });
            // A slim builder has neither of these two.
            builder.Services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<RegexInlineRouteConstraint>("regex"));
            builder.WebHost.UseKestrelHttpsConfiguration();
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = BodyLimit.Largest + Slack;
                kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(61);
                kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(65);
            });
        }
    }

    extension(WebApplication app)
    {
        public void UseEdge(ServerOptions options)
        {
            app.UseKnownProxies(options);
            app.UseMiddleware<RequestLog>();
            app.UseMiddleware<SecurityHeaders>();
            app.UseMiddleware<CrossOrigin>();
            app.UseResponseCompression();
            app.UseMiddleware<ExceptionBoundary>();
            app.UseRequestDecompression();
            app.UseMiddleware<HeadAsGet>();

            // Who speaks over them has a heartbeat of its own, and ends the request's way at routing.
            app.UseWebSockets(new() { KeepAliveInterval = Timeout.InfiniteTimeSpan });
            app.UseRouting();
            app.UseMiddleware<EncodedSlashes>();
            app.UseMiddleware<CleanAddress>();
            app.UseMiddleware<AccessCheck>();
            app.UseMiddleware<RateLimit>();
            app.UseMiddleware<CacheHeaders>();
            app.UseMiddleware<IdempotentRequests>();
        }

        /// <summary>The routes of the API; each slice maps its own below this.</summary>
        public RouteGroupBuilder MapApi()
        {
            app.Map("/{**path}", (HttpContext context) => Problem.NotFound($"Cannot {context.Request.Method} {Arrival.Target(context)}"))
                .Public("Whatever is asked for, it is not there.")
                .AtAnyRate()
                .ExcludeFromDescription()
                .WithOrder(int.MaxValue);

            return app.MapGroup("/v1").RejectBadInput();
        }

        /// <summary>The few routes that the contract has in a second version.</summary>
        public RouteGroupBuilder MapSecondVersion() => app.MapGroup("/v2").RejectBadInput();
    }
}
