using System.Collections.Concurrent;
using System.Diagnostics;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.HeartRate.Bluetoothd;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Hosting;

/// <summary>The service with a strap, from the radio to the log.</summary>
public sealed class StrapServiceTests : IDisposable
{
    private const string Ours = "A0:9E:1A:00:11:22";

    private readonly string _folder = Directory.CreateTempSubdirectory("strap").FullName;
    private readonly ConcurrentQueue<string> _log = new();

    private string Settings => Path.Combine(_folder, "settings.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_service_hears_its_strap_says_when_it_is_lost_and_hears_it_again()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Polar_H10 beats=0.8");
        File.WriteAllText(Settings, $$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Portrait", "Source": "{{Path.Combine(ModelStore.DefaultFolder(), "portrait")}}" },
                "Privacy": { "OnPaper": "Heart" },
                "HeartRate": { "Bluetooth": { "Addresses": ["{{Ours}}"] } } } }
            """);
        using var service = Start(bluez);
        try
        {
            await IsHeardLostAndHeardAgain(bluez);
            using var kill = Process.Start("kill", ["-TERM", $"{service.Id}"]);
            await service.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
            Assert.True(service.ExitCode == 0, string.Join('\n', _log));
            await bluez.Hears("Disconnect", 1);
        }
        finally
        {
            if (!service.HasExited) service.Kill();
        }
    }

    private async Task IsHeardLostAndHeardAgain(FakeBluez bluez)
    {
        await Eventually.Sees("the strap", () => Says("The strap Polar_H10 gives its pulse."), withinSeconds: 60);
        await bluez.Report($"set {Ours} present=0");
        await Eventually.Sees("the loss at the radio", () => Says("The strap is lost: it hung up or is out of range. Trying again."), withinSeconds: 60);
        await Eventually.Sees("the loss in the judgement", () => Says("Status: HeartLost"), withinSeconds: 60);
        await bluez.Report($"set {Ours} present=1");
        await Eventually.Sees("its return in the judgement", () => Says("Status: Recovered heart_lost"), withinSeconds: 60);
    }

    private Process Start(FakeBluez bluez)
    {
        var process = bluez.StartProgram("run", "--config", Settings);
        process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private bool Says(string what) => _log.Any(line => line.Contains(what, StringComparison.Ordinal));
}
