using System.Globalization;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace DriverMonitor.Telemetry;

/// <summary>
/// Sends the figures to a collector, with or without a page. One that does not take them is said once, and costs nothing but
/// its figures.
/// </summary>
internal sealed partial class OtlpMetricsExporter(Uri collector, TimeProvider time, ILogger<OtlpMetricsExporter> log)
{
    /// <summary>OpenTelemetry's own variable for milliseconds between two exports.</summary>
    private const string Interval = "OTEL_METRIC_EXPORT_INTERVAL";

    private const int Shortest = 1_000, Longest = 3_600_000;

    /// <summary>A minute is soon enough for a curve, and seldom enough for what a mobile link costs.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);

    /// <summary>A collector that hangs must not hold up the end of the service.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    /// <summary>Sends until told to stop, and then once more.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        // A path in the address means OTLP over HTTP, none gRPC: so collectors have it.
        var way = collector.AbsolutePath == "/" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        using var exporter = new Exporter(new OtlpExporterOptions { Endpoint = collector, Protocol = way }, ReportAccepted);
        using var reader = new PeriodicExportingMetricReader(exporter, EveryMilliseconds);
        using var sender = Metrics.Of(Sdk.CreateMeterProviderBuilder()).AddReader(reader).Build();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
        }
        finally
        {
            sender.Shutdown((int)Farewell.TotalMilliseconds);
        }
    }

    private static int EveryMilliseconds =>
        int.TryParse(Environment.GetEnvironmentVariable(Interval), CultureInfo.InvariantCulture, out var wanted)
            && wanted is >= Shortest and <= Longest ? wanted : (int)Usual.TotalMilliseconds;

    private void ReportAccepted(bool isTaken)
    {
        if (isTaken) LogTaken(collector);
        else LogRefused(collector);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The collector {Collector} takes the figures.")]
    private partial void LogTaken(Uri collector);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The collector {Collector} does not take the figures. They are sent again at the next time."
    )]
    private partial void LogRefused(Uri collector);

    private sealed class Exporter(OtlpExporterOptions options, Action<bool> tell) : OtlpMetricExporter(options)
    {
        private bool? _wasTaken;

        public override ExportResult Export(in Batch<Metric> metrics)
        {
            var result = base.Export(metrics);
            var isTaken = result == ExportResult.Success;
            if (isTaken != _wasTaken) tell(isTaken);
            _wasTaken = isTaken;
            return result;
        }
    }
}
