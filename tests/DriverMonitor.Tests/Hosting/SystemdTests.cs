using System.Diagnostics;
using System.Globalization;
using DriverMonitor.Configuration;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Hosting;

/// <summary>What systemd hears from the service, and what it hands to it.</summary>
public sealed class SystemdTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("systemd").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_is_ready_with_the_first_judged_picture_and_then_shows_that_it_lives()
    {
        using var systemd = new NotifySocket(_folder);
        using var service = Start(
            systemd, $$"""{ "Kind": "Portrait", "Source": "{{Path.Combine(ModelStore.DefaultFolder(), "portrait")}}" }""");

        await Eventually.Sees(
            "three signs of life", () => systemd.Heard.Count(said => said == "WATCHDOG=1") >= 3, withinSeconds: 60);
        Assert.Equal("READY=1", systemd.Heard[0]);
        Assert.Equal("STATUS=Watching the driver as far as possible: buzzer_lost.", systemd.Heard[1]);

        Signal(service, "STOP");
        await Task.Delay(TimeSpan.FromSeconds(0.2)); // what was under way when it froze
        var heard = systemd.Heard.Count;
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        Assert.Equal(heard, systemd.Heard.Count);

        Signal(service, "CONT");
        Signal(service, "TERM");
        await service.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        await Eventually.Sees("that it stops", () => systemd.Heard.Contains("STOPPING=1"));
        Assert.Equal(0, service.ExitCode);
    }

    [Fact]
    public async Task Without_its_camera_it_is_ready_too_but_says_what_it_cannot_do()
    {
        using var systemd = new NotifySocket(_folder);
        using var service = Start(systemd, """{ "Source": "/dev/video99" }""");

        await Eventually.Sees("a sign of life", () => systemd.Heard.Contains("WATCHDOG=1"), withinSeconds: 60);
        Assert.Equal(["READY=1", "STATUS=Cannot watch the driver: buzzer_lost, camera_lost."], systemd.Heard.Take(2));

        Signal(service, "TERM");
        await service.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
    }

    [Fact]
    public void A_secret_is_read_where_systemd_put_its_copy()
    {
        Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", _folder);
        try
        {
            File.WriteAllText(Path.Combine(_folder, "mqtt_password"), "secret");

            Assert.Equal(Path.Combine(_folder, "mqtt_password"), ServiceFolders.Credential("/etc/drivermonitor/credentials/password"));
            Assert.Equal("/etc/drivermonitor/credentials/key.pem", ServiceFolders.Credential("/etc/drivermonitor/credentials/key.pem"));
            Assert.Equal("/home/anna/password", ServiceFolders.Credential("/home/anna/password"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", null);
        }
    }

    private Process Start(NotifySocket systemd, string camera)
    {
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, $$"""{ "DriverMonitor": { "Camera": {{camera}} } }""");
        var process = TheProgram.Start([("NOTIFY_SOCKET", systemd.Address)], "run", "--config", file);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void Signal(Process process, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
