using DriverMonitor.Camera;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Hosting;

/// <summary>The whole service where something is scarce: the driver who falls asleep is woken all the same.</summary>
public sealed class ScarcityTests(ScarcityTests.Clip clip) : IClassFixture<ScarcityTests.Clip>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scarcity").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a disk that is full from the start")]
    [InlineData("a disk that is read-only")]
    [InlineData("a disk that fills while the driver drives")]
    public async Task A_sleeping_driver_is_woken_with(string story)
    {
        using var disk = SmallDisk.TryMount(megabytes: 16);
        if (disk is null) return;
        if (story.EndsWith("start", StringComparison.Ordinal)) disk.FillUpTo(0);
        if (story.EndsWith("read-only", StringComparison.Ordinal)) disk.MakeReadOnly();

        // Temporary files have no room either.
        await using var service = RunningProgram.StartAs([("TMPDIR", disk.Folder)], "run", "--config", Settings(disk.Folder));
        if (story.EndsWith("drives", StringComparison.Ordinal))
        {
            await service.Says("The buzzer plays chirp");
            disk.FillUpTo(0);
        }

        await service.Says("The buzzer plays sleep-alarm");
        Assert.Equal(0, await service.StopAsync());
        Assert.DoesNotContain("this is a bug", service.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", service.Log, StringComparison.Ordinal);
    }

    // The heap's limit in hexadecimal bytes: 8 MB do not hold the models, 32 MB are enough for all; the runtime wants more than 6.
    [Fact]
    public async Task With_too_little_memory_to_start_it_says_so_in_one_line()
    {
        using var process = TheProgram.Start([("DOTNET_GCHeapHardLimit", "800000")], "run", "--config", Settings(_folder));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var errors = await process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);

        Assert.True(process.ExitCode == ExitCode.OutOfMemory, $"{process.ExitCode}: {errors}");
        Assert.Contains("not enough memory", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sleeping_driver_is_woken_with_little_memory()
    {
        (string, string)[] little = [("DOTNET_GCHeapHardLimit", "2000000")];
        await using var service = RunningProgram.StartAs(little, "run", "--config", Settings(_folder));

        await service.Says("The buzzer plays sleep-alarm");
        Assert.Equal(0, await service.StopAsync());
    }

    /// <summary>Everything that the service may write lies in this folder.</summary>
    private string Settings(string state)
    {
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, $$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Command", "Command": "ffmpeg", "Format": "I420Limited", "Arguments": [
                    "-v", "error", "-nostdin", "-re", "-stream_loop", "-1", "-i", "{{clip.File}}",
                    "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"] },
                "Profiles": { "Folder": "{{state}}/state", "Driver": "anna" }, "Outbox": { "Folder": "{{state}}/state" },
                "Recording": { "Folder": "{{state}}/drives" }, "Web": { "Port": {{Loopback.FreePort()}} },
                "Mqtt": { "Brokers": ["127.0.0.1:1"], "Tenant": "acme", "Vehicle": "veh-0001",
                          "FirstConnectSpread": "00:00:00" } } }
            """);
        return file;
    }

    /// <summary>A driver who falls asleep once, as a film.</summary>
    public sealed class Clip : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("sleepy").FullName;

        public Clip() => PortraitClip.Make(PortraitScript.Sleepy(times: 1), File);

        public string File => Path.Combine(_folder, "sleepy.mp4");

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
