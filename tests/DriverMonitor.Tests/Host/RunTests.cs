using System.Diagnostics;
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
