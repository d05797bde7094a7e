using System.Diagnostics;
using DriverMonitor.Camera;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Hosting;

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
        await Eventually.Sees(
            "the loss of the camera in the log", () => log().Contains("camera is lost", StringComparison.OrdinalIgnoreCase));
        await Eventually.Sees(
            "the loss of the camera at the fleet", () => Heard(fleet, "dm/v1/acme/veh-0001/alert/device", "camera_lost"));

        await StopsCleanly(service, log);
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

        // The sleep of the script, four seconds: the glance before it is just as long as its limit, too short for a busy machine.
        await Eventually.Sees(
            "an alert at the fleet", () => Heard(fleet, "dm/v1/acme/veh-0001/alert/fatigue", "\"raised\""), withinSeconds: 90);
        Assert.Contains("EyesClosed", log(), StringComparison.Ordinal);

        await StopsCleanly(service, log);
        Assert.True(File.Exists(Path.Combine(_folder, "anna.profile.json")), "What was learned of the driver was not kept.");
    }

    [Fact]
    public async Task A_driver_who_forbids_the_camera_has_it_closed_and_opened_again_when_he_allows_it()
    {
        using var service = Start($$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Portrait", "Source": "{{Path.Combine(ModelStore.DefaultFolder(), "portrait")}}" },
                "Profiles": { "Folder": "{{_folder}}", "Driver": "anna" } } }
            """, out var log);
        var consents = new ConsentStore(new() { Folder = _folder, Driver = "anna" }, NullLogger.Instance);
        await Eventually.Sees(
            "the first judged picture", () => log().Contains("First", StringComparison.OrdinalIgnoreCase), withinSeconds: 60);

        consents.Save(ConsentRecord.Empty.Withdraw(Modalities.Camera, DateTimeOffset.UnixEpoch));
        await Eventually.Sees("the camera closed", () => log().Contains("ModalitiesChanged none", StringComparison.Ordinal));
        consents.Save(ConsentRecord.Empty);
        await Eventually.Sees(
            "the camera allowed again", () => log().Contains("ModalitiesChanged camera", StringComparison.Ordinal));
        await Eventually.Sees(
            "that it judges again",
            () => log().Split("ModalitiesChanged none")[^1].Contains("Alert Raised", StringComparison.Ordinal),
            withinSeconds: 90);

        Assert.DoesNotContain("CameraLost", log(), StringComparison.Ordinal);
        await StopsCleanly(service, log);
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

        await Eventually.Sees(
            "the buzzer wake the driver",
            () => log().Contains("The buzzer plays sleep-alarm", StringComparison.Ordinal) || service.HasExited,
            withinSeconds: 90);
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

        await Eventually.Sees(
            "the missing buzzer at the fleet",
            () => Heard(fleet, "dm/v1/acme/veh-0001/alert/device", "buzzer_lost"),
            withinSeconds: 60);
        await Eventually.Sees(
            "the missing camera at the fleet",
            () => Heard(fleet, "dm/v1/acme/veh-0001/alert/device", "camera_lost"),
            withinSeconds: 60);
        Assert.Contains("NO BUZZER", log(), StringComparison.Ordinal);
        Assert.Contains("no-such-camera-program cannot be started", log(), StringComparison.Ordinal);

        await StopsCleanly(service, log);
    }

    [Fact]
    public async Task With_the_ignition_off_the_camera_sleeps_and_with_it_on_it_watches_again()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await FleetEar.Fleet(broker.Address);
        using var service = Start($$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Portrait", "Source": "{{Path.Combine(ModelStore.DefaultFolder(), "portrait")}}" },
                "Privacy": { "OnPaper": "Heart" },
                "HeartRate": { "Mqtt": { "Enabled": true } },
                "Vehicle": { "Mqtt": { "Enabled": true, "Topic": "can/bus" }, "IgnitionSleepAfter": "00:00:10" },
                "Mqtt": { "Brokers": ["{{broker.Address}}"], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00" } } }
            """, out var log);
        await Eventually.Sees("ears on both topics", () => log().Contains("heart gateway on dm/v1/acme/veh-0001/in/heart", StringComparison.Ordinal)
            && log().Contains("vehicle gateway on can/bus", StringComparison.Ordinal), withinSeconds: 60);

        using (Publish(broker, "dm/v1/acme/veh-0001/in/heart", """{"device":"watch-7","bpm":72,"rr":[833]}"""))
        {
            await Eventually.Sees(
                "the pulse in the state", () => Heard(fleet, "dm/v1/acme/veh-0001/state", "\"hr\":\"ok\""), withinSeconds: 60);
        }

        // The last word of a gateway that goes off with the vehicle.
        using (var last = Publish(broker, "can/bus", """{"speedKmh":0,"ignition":false}""", times: 1))
            await last.WaitForExitAsync();
        await Eventually.Sees(
            "a camera that sleeps", () => Heard(fleet, "dm/v1/acme/veh-0001/state", "\"cam\":\"asleep\""), withinSeconds: 60);
        // Until then the scripted driver may have missed pictures on a busy machine; asleep, none are missed.
        Assert.DoesNotContain(
            fleet.Messages.SkipWhile(message => !message.Body.Contains("asleep", StringComparison.Ordinal)),
            message => message.Body.Contains("\"status\":\"camera_lost\"", StringComparison.Ordinal));

        using (Publish(broker, "can/bus", """{"speedKmh":0,"ignition":true}"""))
        {
            await Eventually.Sees(
                "that it watches", () =>
                    fleet.Messages.Any(message =>
                        message.Body.Contains("recovered", StringComparison.Ordinal)
                        && message.Body.Contains("camera_asleep", StringComparison.Ordinal)),
                withinSeconds: 60);
        }

        await StopsCleanly(service, log);
    }

    [Fact]
    public async Task A_gateway_that_lies_against_satellites_is_told_of_and_the_sleeper_is_woken()
    {
        await using var gpsd = await Gpsd.StartAsync(secondsApart: 0.34);
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await FleetEar.Fleet(broker.Address);
        using var service = Start($$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Portrait", "Source": "{{Path.Combine(ModelStore.DefaultFolder(), "portrait")}}" },
                "Vehicle": { "Mqtt": { "Enabled": true, "Topic": "can/bus" }, "Gpsd": { "Host": "127.0.0.1", "Port": {{gpsd.Port}} } },
                "Mqtt": { "Brokers": ["{{broker.Address}}"], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00" } } }
            """, out var log);

        using (Publish(broker, "can/bus", """{"speedKmh":0}"""))
        {
            await Eventually.Sees(
                "the doubt at the fleet",
                () => Heard(fleet, "dm/v1/acme/veh-0001/alert/device", "speed_doubtful"),
                withinSeconds: 120);
            var from = log().Length;
            await Eventually.Sees(
                "the sleeper woken",
                () => log()[from..].Contains("Alert Raised: EyesClosed", StringComparison.Ordinal),
                withinSeconds: 120);
            await Eventually.Sees(
                "the buzzer", () => log()[from..].Contains("The buzzer plays", StringComparison.Ordinal), withinSeconds: 60);
        }

        await StopsCleanly(service, log);
    }

    [Fact]
    public async Task A_gateway_without_a_broker_stops_the_start_with_one_line()
    {
        var file = Path.Combine(_folder, "settings.json");
        await File.WriteAllTextAsync(file, """{ "DriverMonitor": { "HeartRate": { "Mqtt": { "Enabled": true } } } }""");

        var (code, _, errors) = await TheProgram.RunAsync("run", "--config", file);

        Assert.Equal(78, code);
        Assert.Contains("at no broker", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>A gateway that says one thing ten times a second until it is disposed of.</summary>
    private static Gateway Publish(Mosquitto broker, string topic, string message, int times = 100_000) =>
        new(
            Mosquitto.Launch(
                "mosquitto_pub",
                "-p",
                $"{broker.Address.Port}",
                "-t",
                topic,
                "-m",
                message,
                "--repeat",
                $"{times}",
                "--repeat-delay",
                "0.1"));

    private sealed class Gateway(Process process) : IDisposable
    {
        public Task WaitForExitAsync() => process.WaitForExitAsync();

        public void Dispose()
        {
            if (!process.HasExited) process.Kill();
            process.Dispose();
        }
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

    private static async Task StopsCleanly(Process service, Func<string> log)
    {
        Terminate(service);
        await service.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Assert.True(service.ExitCode == 0, log());
    }

    private static void Terminate(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
    }
}
