using System.Diagnostics;
using DriverMonitor.Camera;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Host;

/// <summary>The service as systemd would run it: started, told to stop, and never hung.</summary>
public sealed class RunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("run").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Without_its_camera_it_waits_and_stops_cleanly_when_told()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await FleetEar.Fleet(broker.Address);
        using var service = Start($$"""
            { "DriverMonitor": {
                "Camera": { "Source": "/dev/video99" },
                "Mqtt": { "Brokers": ["{{broker.Address}}"], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00" } } }
            """, out var log);

        await Eventually.Sees("the birth message", () => Heard(fleet, "dm/v1/acme/veh-0001/status", "\"online\""));
        await Eventually.Sees("the loss of the camera in the log", () => log().Contains("camera is lost", StringComparison.OrdinalIgnoreCase));
        await Eventually.Sees("the loss of the camera at the fleet", () => Heard(fleet, "dm/v1/acme/veh-0001/alert/device", "camera_lost"));

        Terminate(service);
        await service.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);

        Assert.True(service.ExitCode == 0, log());
        await Eventually.Sees("the goodbye", () => Heard(fleet, "dm/v1/acme/veh-0001/status", "\"offline\""));
    }

    [Fact]
    public async Task A_sleeping_driver_is_heard_of_by_buzzer_log_and_fleet()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await FleetEar.Fleet(broker.Address);
        using var service = Start($$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Portrait", "Source": "{{Path.Combine(ModelStore.DefaultFolder(), "portrait")}}" },
                "Profiles": { "Folder": "{{_folder}}", "Driver": "anna" },
                "Mqtt": { "Brokers": ["{{broker.Address}}"], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00" } } }
            """, out var log);

        await Eventually.Sees("an alert at the fleet", () => Heard(fleet, "dm/v1/acme/veh-0001/alert/distraction", "\"raised\""), withinSeconds: 60);
        Assert.Contains("LongLookAway", log(), StringComparison.Ordinal);

        Terminate(service);
        await service.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
        Assert.True(service.ExitCode == 0, log());
        Assert.True(File.Exists(Path.Combine(_folder, "anna.profile.json")), "What was learned of the driver was not kept.");
    }

    [Fact]
    public async Task With_network_broker_strap_and_disk_broken_a_sleeping_driver_still_hears_the_buzzer()
    {
        var clip = Path.Combine(_folder, "sleepy.mp4");
        PortraitClip.Make(PortraitScript.Sleepy(times: 1), clip);
        using var key = new FleetKey();
        // Nobody listens at these addresses, no Bluetooth adapter answers, and nothing can be written below /proc.
        using var service = Start($$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Command", "Command": "ffmpeg", "Format": "I420Limited",
                            "Arguments": ["-v", "error", "-nostdin", "-re", "-stream_loop", "-1", "-i", "{{clip}}", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"] },
                "HeartRate": { "Bluetooth": { "Addresses": ["C0:FF:EE:00:00:01"] } },
                "Profiles": { "Folder": "/proc/nowhere" },
                "Outbox": { "Folder": "/proc/nowhere" },
                "Fleet": { "Keys": { "ops-1": "{{key.PublicFile}}" }, "Folder": "/proc/nowhere" },
                "Mqtt": { "Brokers": ["127.0.0.1:1", "no-such-broker.invalid"], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00" } } }
            """, out var log);

        await Eventually.Sees("the buzzer wake the driver", () => log().Contains("The buzzer plays sleep-alarm", StringComparison.Ordinal) || service.HasExited, withinSeconds: 90);
        Assert.False(service.HasExited, log());
        Assert.Contains("The buzzer plays chirp", log(), StringComparison.Ordinal);

        Terminate(service);
        await service.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Assert.DoesNotContain("camera is lost", log(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Without_board_or_camera_it_says_so_and_goes_on()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await FleetEar.Fleet(broker.Address);
        using var service = Start($$"""
            { "DriverMonitor": {
                "Camera": { "Preset": "PiCamera", "Command": "no-such-camera-program" },
                "Gpio": { "Board": "Pi5", "Chip": "no-such-chip" },
                "Mqtt": { "Brokers": ["{{broker.Address}}"], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00" } } }
            """, out var log);

        await Eventually.Sees("the missing buzzer at the fleet", () => Heard(fleet, "dm/v1/acme/veh-0001/alert/device", "buzzer_lost"), withinSeconds: 60);
        await Eventually.Sees("the missing camera at the fleet", () => Heard(fleet, "dm/v1/acme/veh-0001/alert/device", "camera_lost"), withinSeconds: 60);
        Assert.Contains("NO BUZZER", log(), StringComparison.Ordinal);
        Assert.Contains("no-such-camera-program cannot be started", log(), StringComparison.Ordinal);

        Terminate(service);
        await service.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Assert.True(service.ExitCode == 0, log());
    }

    private Process Start(string settings, out Func<string> log)
    {
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, settings);
        var process = TheProgram.Start("run", "--config", file);
        var lines = new List<string>();
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        log = () =>
        {
            lock (lines) return string.Join('\n', lines);
        };
        return process;

        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (lines) lines.Add(line.Data ?? "");
        }
    }

    private static bool Heard(Subscriber fleet, string topic, string says) =>
        fleet.Messages.Any(m => m.Topic == topic && m.Body.Contains(says, StringComparison.Ordinal));

    private static void Terminate(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
    }
}
