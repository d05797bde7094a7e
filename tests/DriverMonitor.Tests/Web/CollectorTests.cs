using DriverMonitor.Configuration;
using DriverMonitor.Monitoring;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Web;

/// <summary>The real service without a page sends its figures to a collector.</summary>
public sealed class CollectorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("collector").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Over_http_the_last_figures_come_when_the_service_ends()
    {
        await using var collector = await OtlpReceiver.StartAsync(grpc: false);
        await using var service = RunningProgram.Start("run", "--config", Settings(collector.Address));
        await service.Says("Alert Raised");

        Assert.True(await service.StopAsync() == 0, service.Log);

        Assert.DoesNotContain("The page is at", service.Log, StringComparison.Ordinal);
        Assert.Superset(
            new HashSet<string>
            {
                "drivermonitor.frames",
                "drivermonitor.frames.rate",
                "drivermonitor.frames.dropped",
                "drivermonitor.stage.duration",
                "drivermonitor.decision.duration",
                "drivermonitor.inference.duration",
                "drivermonitor.alerts",
                "drivermonitor.score",
                "drivermonitor.queue.waiting",
                "drivermonitor.link.online",
                "dotnet.process.cpu.time",
                "dotnet.process.memory.working_set",
            },
            collector.Names.ToHashSet());
        Assert.Contains(Environment.MachineName, collector.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_grpc_they_come_again_and_again_while_the_service_runs()
    {
        await using var collector = await OtlpReceiver.StartAsync(grpc: true);
        await using var service = RunningProgram.StartAs(
            [("OTEL_METRIC_EXPORT_INTERVAL", "1000")], "run", "--config", Settings(collector.Address));

        await Eventually.Sees(
            "figures of pictures, not the first", () => collector.Count >= 2 && collector.Names.Contains("drivermonitor.stage.duration"),
            withinSeconds: 120);

        Assert.False(service.HasExited, service.Log);
    }

    [Fact]
    public async Task A_collector_that_takes_no_calls_holds_nothing_up()
    {
        await using var service = RunningProgram.Start("run", "--config", Settings($"http://127.0.0.1:{Loopback.FreePort()}"));
        await service.Says("The first picture is judged");

        Assert.True(await service.StopAsync() == 0, service.Log);
        Assert.Contains("does not take the figures", service.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("otel.example:4317")]
    [InlineData("/metrics")]
    public void What_is_no_address_stops_the_start(string collector) =>
        Assert.Contains(
            "Web:Collector",
            Assert.Throws<ConfigurationException>(() => MonitorOptions.Load(Settings(collector))).Message,
            StringComparison.Ordinal);

    private string Settings(string collector)
    {
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, $$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Portrait", "Source": "{{Path.Combine(ModelStore.DefaultFolder(), "portrait")}}" },
                "Outbox": { "Folder": "{{_folder}}" },
                "Mqtt": { "Brokers": ["127.0.0.1:1"], "Tenant": "acme", "Vehicle": "veh-0001" },
                "Web": { "Enabled": false, "Collector": "{{collector}}" } } }
            """);
        return file;
    }
}
