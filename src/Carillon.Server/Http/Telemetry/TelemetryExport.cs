using System.Security.Cryptography;
using System.Text;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Carillon.Server.Http.Telemetry;

/// <summary>
/// Traces and metrics by OpenTelemetry, when its own variables say where to, and metrics for Prometheus to fetch, when it has a token.
/// Else nothing is even set up.
/// </summary>
internal static class TelemetryExport
{
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Token = MetricsOptions.Section + ":" + nameof(MetricsOptions.Token);

    extension(WebApplicationBuilder builder)
    {
        public void AddTelemetry()
        {
            var exports = !string.IsNullOrEmpty(builder.Configuration[Collector]);
            var isScraped = !string.IsNullOrEmpty(builder.Configuration[Token]);
            if (!exports && !isScraped) return;

            var telemetry = builder.Services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService("carillon"))
                .WithMetrics(metrics => Measure(metrics, isScraped));
            if (exports) telemetry.WithTracing(Trace).UseOtlpExporter();
        }
    }

    extension(WebApplication app)
    {
        public void MapMetrics(MetricsOptions options)
        {
            if (string.IsNullOrEmpty(options.Token)) return;

            var expected = Encoding.UTF8.GetBytes($"Bearer {options.Token}");
            var page = ((IEndpointRouteBuilder)app).CreateApplicationBuilder()
                .Use((context, next) => IsExpected(context, expected) ? next(context) : Problem.Unauthorized().ExecuteAsync(context))
                .UseOpenTelemetryPrometheusScrapingEndpoint()
                .Build();
            app.MapGet("/metrics", page).Public("It is Prometheus that asks, with a token of its own.").ExcludeFromDescription();
        }
    }

    private static void Measure(MeterProviderBuilder metrics, bool isScraped)
    {
        metrics.AddMeter("Carillon.*", "Npgsql").AddAspNetCoreInstrumentation().AddRuntimeInstrumentation();
        if (isScraped) metrics.AddPrometheusExporter();
    }

    private static void Trace(TracerProviderBuilder traces) => traces
        .AddSource("Carillon.*", "Npgsql")
        .AddAspNetCoreInstrumentation(http => http.EnrichWithHttpRequest = static (span, _) => span.SetTag("url.query", null));

    private static bool IsExpected(HttpContext context, byte[] expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()), expected);
}
