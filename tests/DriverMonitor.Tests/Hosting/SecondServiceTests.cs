using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Hosting;

/// <summary>Queue, counters and consents belong to one service; whoever only looks is let in.</summary>
public sealed class SecondServiceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("second").FullName;

    private string State => Path.Combine(_folder, "state");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_second_service_with_the_same_folder_is_refused_until_the_first_is_gone()
    {
        // Two of the ways to one folder: systemd's variable, and the settings, by a link.
        var first = Settings("first.json");
        var link = Path.Combine(_folder, "link");
        Directory.CreateDirectory(State);
        Directory.CreateSymbolicLink(link, State);
        var second = Settings("second.json", $"{link}/");
        await using (var service = RunningProgram.StartAs([("STATE_DIRECTORY", State)], "run", "--config", first))
        {
            await service.Says("camera is lost");
            var kept = File.ReadAllText(Path.Combine(State, "settings.last.json"));

            var (code, _, errors) = await TheProgram.RunAsync("run", "--config", second);

            Assert.Equal(ExitCode.FolderInUse, code);
            Assert.Matches(@"^drivermonitor: Another service runs with \S+\. Stop that one first, .*\n$", errors);
            Assert.Equal(kept, File.ReadAllText(Path.Combine(State, "settings.last.json")));
            var check = await TheProgram.RunAsync("check", "--config", second);
            Assert.Contains("ok    store", check.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("Another service", check.Output + check.Errors, StringComparison.Ordinal);
            await service.KillAsync();
        }

        await using var next = RunningProgram.Start("run", "--config", second);
        await next.Says("camera is lost");
    }

    private string Settings(string name, string? outbox = null)
    {
        var file = Path.Combine(_folder, name);
        var folder = outbox is null ? "" : $$""" "Outbox": { "Folder": "{{outbox}}" },""";
        File.WriteAllText(file, $$"""
            { "DriverMonitor": {
                "Camera": { "Source": "/dev/video99" },{{folder}}
                "Mqtt": { "Brokers": ["127.0.0.1:1"], "Tenant": "acme", "Vehicle": "veh-0001" } } }
            """);
        return file;
    }
}
