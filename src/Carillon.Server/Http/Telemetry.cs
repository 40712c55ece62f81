using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Carillon.Server.Http;

/// <summary>Traces and metrics by OpenTelemetry, when its own variables say where to; else nothing is even set up.</summary>
internal static class Telemetry
{
    private const string Switch = "OTEL_EXPORTER_OTLP_ENDPOINT";

    extension(WebApplicationBuilder builder)
    {
        public void AddTelemetry()
        {
            if (string.IsNullOrEmpty(builder.Configuration[Switch])) return;

            builder.Services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService("carillon"))
                .WithTracing(traces => traces
                    .AddSource("Carillon.*", "Npgsql")
                    .AddAspNetCoreInstrumentation(http => http.EnrichWithHttpRequest = static (span, _) => span.SetTag("url.query", null)))
                .WithMetrics(metrics => metrics
                    .AddMeter("Carillon.*", "Npgsql")
                    .AddAspNetCoreInstrumentation()
                    .AddRuntimeInstrumentation())
                .UseOtlpExporter();
        }
    }
}
