using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Http;

/// <summary>What every request passes before it reaches its route, in this order.</summary>
internal static class Edge
{
    extension(WebApplicationBuilder builder)
    {
        public void AddEdge()
        {
            builder.Services.ConfigureHttpJsonOptions(json => Wire.Configure(json.SerializerOptions));
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;

                // Ours, which knows the path, comes first; this one stops what nobody reads.
                kestrel.Limits.MaxRequestBodySize = BodyLimit.Largest + 1;
                kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(61);
                kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(65);
            });
        }
    }

    extension(WebApplication app)
    {
        public void UseEdge()
        {
            app.UseMiddleware<ExceptionBoundary>();
            app.UseMiddleware<HeadAsGet>();
            app.UseRouting();
            app.UseMiddleware<EncodedSlashes>();
            app.UseMiddleware<CleanAddress>();
            app.UseMiddleware<AccessCheck>();
            app.UseMiddleware<CacheHeaders>();
        }

        /// <summary>The routes of the API; each slice maps its own below this.</summary>
        public RouteGroupBuilder MapApi()
        {
            app.Map("/{**path}", (HttpContext context) => Problem.NotFound($"Cannot {context.Request.Method} {Arrival.Target(context)}"))
                .Public("Whatever is asked for, it is not there.")
                .ExcludeFromDescription()
                .WithOrder(int.MaxValue);

            return app.MapGroup("/v1").RejectBadInput();
        }
    }
}
