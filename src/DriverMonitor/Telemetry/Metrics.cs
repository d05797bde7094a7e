using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace DriverMonitor.Telemetry;

/// <summary>Which figures there are, and who asks for them at /metrics.</summary>
internal static class Metrics
{
    /// <summary>The runtime's own meter: processor time and memory among others.</summary>
    private const string Runtime = "System.Runtime";

    /// <summary>
    /// Of the runtime's, those whose names end like a histogram's: Prometheus' own check refuses them, and nobody misses how many
    /// assemblies and timers there are.
    /// </summary>
    public static IReadOnlyList<string> LeftOut { get; } = ["dotnet.assembly.count", "dotnet.process.cpu.count", "dotnet.timer.count"];

    /// <summary>Keeps the figures for who asks at the page's /metrics.</summary>
    public static void AddTo(IServiceCollection services) =>
        services.AddOpenTelemetry().WithMetrics(metrics => Of(metrics).AddPrometheusExporter());

    public static void Map(WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics");

    /// <summary>
    /// What is handed out, and whose it is: a collector hears many devices, and the device's own name tells them apart.
    /// </summary>
    public static MeterProviderBuilder Of(MeterProviderBuilder metrics) => LeftOut.Aggregate(
        metrics
            .ConfigureResource(resource => resource.Clear().AddService("drivermonitor", serviceInstanceId: Environment.MachineName))
            .AddMeter(DriverMonitor.Telemetry.ServiceMetrics.MeterName, Runtime),
        (all, one) => all.AddView(one, MetricStreamConfiguration.Drop));
}
