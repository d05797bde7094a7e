using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using DriverMonitor.Camera;
using DriverMonitor.Cli;
using DriverMonitor.Core.Wire;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;
using DriverMonitor.Telemetry;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Web;

/// <summary>One figure as the program defines it.</summary>
internal sealed record Figure(string Name, string Kind, string Unit, string What)
{
    /// <summary>The name under which Prometheus finds it: what its rules make of name, unit and kind.</summary>
    public string Scraped { get; } = Name.Replace('.', '_')
        + Unit switch { "s" => "_seconds", "Cel" => "_celsius", "{frame}/s" => "_per_second", "By" => "_bytes", _ => "" }
        + (Kind == "counter" ? "_total" : "");
}

/// <summary>Every figure as a page of the documentation, made from the instruments themselves.</summary>
internal static class FigurePage
{
    public static string Path => SourceTree.Path("deploy", "METRICS.md");

    /// <summary>What the runtime tells of the process, in its own words.</summary>
    public static IReadOnlyList<Figure> OfRuntime { get; } = FiguresOfRuntime();

    /// <summary>Every instrument of a service with everything in it.</summary>
    public static IReadOnlyList<Figure> Figures()
    {
        var seen = new SortedDictionary<string, Figure>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (one, _) =>
            {
                // Tests beside this one have meters of the same name, with the same figures.
                lock (seen) if (one.Meter.Name == ServiceMetrics.MeterName) seen[one.Name] = new(one.Name, KindOf(one), one.Unit!, one.Description!);
            },
        };
        listener.Start();
        using var figures = new ServiceMetrics(TimeProvider.System);
        using var reader = new FaceReader(new VisionSettings(), default, TimeProvider.System);
        var portrait = System.IO.Path.Combine(ModelStore.DefaultFolder(), "portrait");
        using var feed = CameraFeed.Open(new PortraitCamera(portrait, PortraitScript.Demo, null), TimeProvider.System);
        figures.Follow(feed, reader);
        using var uplink = new Uplink(
            new() { Brokers = ["127.0.0.1:1"] }, new WireOrigin("", ""), TimeProvider.System, () => 0.5, NullLogger<MqttLink>.Instance);
        figures.Follow(uplink);
        lock (seen) return [.. seen.Values];
    }

    private static List<Figure> FiguresOfRuntime()
    {
        var seen = new SortedDictionary<string, Figure>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (one, _) =>
            {
                if (one.Meter.Name == "System.Runtime" && !Metrics.LeftOut.Contains(one.Name))
                    seen[one.Name] = new(one.Name, KindOf(one), one.Unit!, one.Description!);
            },
        };
        listener.Start();
        return [.. seen.Values];
    }

    public static string Of(IEnumerable<Figure> figures)
    {
        var page = new StringBuilder("""
            # Figures

            Made from the program's own instruments; do not edit. `tests/run.sh` fails when it is not what they say;
            `METRICS_WRITE=1 dotnet test tests/DriverMonitor.Tests --filter FigurePage` writes it anew.

            Prometheus reads them at the page's `/metrics`; `Web:Collector` sends them to an OpenTelemetry collector once a minute
            and at the end, with or without a page. No figure names the driver or holds a picture; labels are named in the text.

            ```sh
            curl http://127.0.0.1:8088/metrics                                          # on the device
            curl -H "Authorization: Bearer $(cat token)" https://cab-7.local/metrics    # elsewhere, with Web:MetricsTokenFile
            ```

            | OpenTelemetry | Prometheus | kind | unit | what |
            |---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var one in figures.Concat(OfRuntime))
            page.Append(CultureInfo.InvariantCulture, $"| `{one.Name}` | `{one.Scraped}` | {one.Kind} | {one.Unit.Trim('{', '}').Replace("}/", "/", StringComparison.Ordinal)} | {one.What} |\n");
        return page.Append("""

            Histograms end in `_bucket`, `_sum` and `_count` at Prometheus. What one is asked most:

            | question | PromQL |
            |---|---|
            | Pictures a second that came | `rate(drivermonitor_frames_total[1m])` |
            | Share of pictures dropped | `rate(drivermonitor_frames_dropped_total[5m]) / rate(drivermonitor_frames_total[5m])` |
            | Milliseconds a network takes | `1000 * rate(drivermonitor_inference_duration_seconds_total[5m]) / rate(drivermonitor_inference_runs_total[5m])` |
            | 99 of 100 pictures are judged within | `histogram_quantile(0.99, rate(drivermonitor_decision_duration_seconds_bucket[5m]))` |
            | The slowest stage | `topk(1, rate(drivermonitor_stage_duration_seconds_sum{stage!="capture"}[5m]))` |
            | Share of one core | `sum(rate(dotnet_process_cpu_time_seconds_total[5m]))` |

            """.ReplaceLineEndings("\n")).ToString();
    }

    private static string KindOf(Instrument one) => one switch
    {
        Histogram<double> => "histogram",
        Counter<long> or Counter<int> or ObservableCounter<long> or ObservableCounter<double> => "counter",
        _ => "gauge",
    };
}
