using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace DriverMonitor.Web;

/// <summary>Hands the program's figures out: to who asks at /metrics, and to a collector where one is named.</summary>
internal static class Metrics
{
    /// <summary>The runtime's own meter: processor time and memory among others.</summary>
    private const string Runtime = "System.Runtime";

    /// <summary>A minute of a fleet's figures is soon enough for a curve, and often enough for what a mobile link costs.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Keeps the figures for who asks at the page's /metrics.</summary>
    public static void AddTo(IServiceCollection services) =>
        services.AddOpenTelemetry().WithMetrics(metrics => Of(metrics).AddPrometheusExporter());

    public static void Map(WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics");

    /// <summary>
    /// Sends the figures until told to stop, and then once more. A collector that does not answer costs nothing but its
    /// figures; a path in its address means OTLP over HTTP, none gRPC.
    /// </summary>
    public static async Task SendAsync(Uri collector, TimeProvider time, CancellationToken stop)
    {
        using var sender = Of(Sdk.CreateMeterProviderBuilder())
            .AddOtlpExporter((export, reader) =>
            {
                export.Endpoint = collector;
                export.Protocol = collector.AbsolutePath == "/" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)Every.TotalMilliseconds;
            })
            .Build();
        await Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
    }

    /// <summary>A collector hears many devices: the device's own name tells them apart.</summary>
    private static MeterProviderBuilder Of(MeterProviderBuilder metrics) => metrics
        .ConfigureResource(resource => resource.Clear().AddService("drivermonitor", serviceInstanceId: Environment.MachineName))
        .AddMeter(Host.Instruments.MeterName, Runtime);
}
