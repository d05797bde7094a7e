using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Telemetry;
using DriverMonitor.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>Joins the figures with the parts that they tell of, and with who wants them.</summary>
internal static class MetricsRegistration
{
    /// <summary>Sends the figures to the collector that the settings name, whether there is a page or not.</summary>
    public static void AddCollector(this IHostApplicationBuilder builder)
    {
        var discloses = DisclosurePolicy.Of(
            builder.AddSection<MqttSettings>("Mqtt").Privacy, builder.AddSection<MonitorSettings>("Judgement").Profile);
        if (Collector(builder.AddSection<WebSettings>("Web"), discloses) is not { } collector) return;
        builder.Services.AddPart(ServicePart.Collector, services => new OtlpMetricsExporter(
            collector, services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<OtlpMetricsExporter>>()).RunAsync);
    }

    /// <summary>Where figures are sent: nowhere, whatever the settings name, while nothing may leave.</summary>
    public static Uri? Collector(MonitorOptions settings) => Collector(settings.Web, settings.Discloses());

    private static Uri? Collector(WebSettings settings, DisclosurePolicy discloses) =>
        discloses.To(Audience.Collector) == Disclosure.None ? null : settings.Collector;

    public static void Follow(this ServiceMetrics figures, Uplink uplink)
    {
        figures.Gauge(
            "drivermonitor.queue.waiting",
            "{event}",
            "Events that wait for the broker or the fleet.",
            () => uplink.Outbox.Count.Waiting);
        figures.Gauge(
            "drivermonitor.queue.oldest",
            "s",
            "Age of the oldest event that waits.",
            () => uplink.Outbox.Count.Oldest.TotalSeconds);
        figures.Count(
            "drivermonitor.queue.dropped",
            "{event}",
            "Events that had to go for want of room.",
            () => uplink.Outbox.Count.Dropped);
        figures.Gauge(
            "drivermonitor.link.online", "1", "1 while the broker is reached, else 0.", () => PageParts.IsOnline(uplink) ? 1 : 0);
        figures.Count("drivermonitor.link.refusals", "{event}", "Events that the broker refused.", () => uplink.Link.Refusals);
    }
}
