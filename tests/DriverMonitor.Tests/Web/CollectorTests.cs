using DriverMonitor.Host;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Web;

/// <summary>The real service without a page sends its figures to a collector.</summary>
public sealed class CollectorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("collector").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Figures_reach_a_collector_though_there_is_no_page(bool grpc)
    {
        await using var collector = await OtlpReceiver.StartAsync(grpc);
        using var service = TheProgram.Start("run", "--config", Settings(collector.Address));
        var log = service.StandardOutput.ReadToEndAsync();
        var errors = service.StandardError.ReadToEndAsync();

        // The first figures go out after a minute, the last when it ends.
        await Eventually.Sees("figures", () => collector.HasHeard || service.HasExited, withinSeconds: 240);
        using (var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{service.Id}"])) await kill.WaitForExitAsync();
        await service.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);

        Assert.True(service.ExitCode == 0, await log + await errors);
        Assert.DoesNotContain("The page is at", await log + await errors, StringComparison.Ordinal);
        Assert.Superset(
            new HashSet<string>
            {
                "drivermonitor.frames", "drivermonitor.frames.rate", "drivermonitor.frames.dropped", "drivermonitor.stage.duration",
                "drivermonitor.decision.duration", "drivermonitor.inference.duration", "drivermonitor.score", "drivermonitor.queue.waiting",
                "drivermonitor.link.online", "dotnet.process.cpu.time", "dotnet.process.memory.working_set",
            },
            collector.Names.ToHashSet());
        Assert.Contains(Environment.MachineName, collector.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("otel.example:4317")]
    [InlineData("/metrics")]
    public void What_is_no_address_stops_the_start(string collector) =>
        Assert.Contains("Web:Collector", Assert.Throws<ConfigurationException>(() => MonitorOptions.Load(Settings(collector))).Message, StringComparison.Ordinal);

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
