using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace DriverMonitor.Web;

/// <summary>Hands the program's figures out: to who asks at /metrics, and to a collector where one is named.</summary>
internal static class Metrics
{
    /// <summary>The runtime's own meter: processor time and memory among others.</summary>
    private const string Runtime = "System.Runtime";

    public static void AddTo(IServiceCollection services, WebSettings settings) =>
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.Clear().AddService("drivermonitor", autoGenerateServiceInstanceId: false))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Host.Instruments.MeterName, Runtime).AddPrometheusExporter();
                if (settings.Collector is { } collector) metrics.AddOtlpExporter(export => export.Endpoint = collector);
            });

    public static void Map(WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics");
}
