using DriverMonitor.Monitoring;
using DriverMonitor.Tests.HeartRate.Bluetoothd;

namespace DriverMonitor.Tests.Cli;

/// <summary>What an installer types, against a bluetoothd of our own.</summary>
public sealed class HeartCommandTests : IDisposable
{
    private const string Ours = "A0:9E:1A:00:11:22", Stranger = "C0:FF:EE:00:00:01";

    private readonly string _folder = Directory.CreateTempSubdirectory("heart").FullName;

    private string Settings => Path.Combine(_folder, "settings.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_strap_is_found_bound_and_watched()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Stranger} Stranger beats=1");
        await bluez.Report($"strap {Ours} Polar_H10 beats=0.5 lingers=1");
        File.WriteAllText(Settings, """{ "DriverMonitor": { "Vehicle": { "SpeedKmh": 50 } } }""");

        var (exit, output, errors) = await bluez.RunAsync("heart", "scan", "--seconds", "2", "--config", Settings);
        Assert.True(exit == 0, errors);
        Assert.Contains(Ours, output, StringComparison.Ordinal);
        Assert.Contains(Stranger, output, StringComparison.Ordinal);
        Assert.Equal(0, await bluez.Count($"Connect {Ours}"));

        (exit, output, errors) = await bluez.RunAsync("heart", "pair", Ours, "--config", Settings);
        Assert.True(exit == 0, errors);
        Assert.Contains($"Polar_H10 ({Ours}), battery 80 %, worn at: chest gives its pulse.", output, StringComparison.Ordinal);
        Assert.Equal([Ours], MonitorOptions.Load(Settings).HeartRate.Bluetooth.Addresses);
        Assert.Contains("\"connected\": []", await bluez.State(), StringComparison.Ordinal); // free for whoever comes next

        (exit, output, errors) = await bluez.RunAsync("heart", "watch", "--seconds", "8", "--plain", "--config", Settings);
        Assert.True(exit == 0, errors);
        Assert.Contains("bpm=75 contact=Detected rr=799.8 flaws=None battery=80", output, StringComparison.Ordinal);

        (_, output, _) = await bluez.RunAsync("check", "--config", Settings);
        Assert.Contains($"ok    heart          Polar_H10 ({Ours}) gives its pulse", output, StringComparison.Ordinal);
        Assert.Equal(0, await bluez.Count($"Connect {Stranger}"));
    }

    [Fact]
    public async Task Without_bluetoothd_every_command_says_so_in_one_line()
    {
        await using var bluez = await FakeBluez.StartAsync(bluetoothd: false);
        File.WriteAllText(Settings, $$"""{ "DriverMonitor": { "HeartRate": { "Bluetooth": { "Addresses": ["{{Ours}}"] } } } }""");

        var (exit, _, errors) = await bluez.RunAsync("heart", "scan", "--config", Settings);
        Assert.Equal(66, exit);
        Assert.Contains("bluetoothd does not run", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);

        (exit, _, errors) = await bluez.RunAsync("heart", "watch", "--seconds", "2", "--plain", "--config", Settings);
        Assert.Equal(1, exit);
        Assert.Contains("bluetoothd does not run", errors, StringComparison.Ordinal);

        (_, var output, _) = await bluez.RunAsync("check", "--config", Settings);
        Assert.Contains("FAIL  heart", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_near_is_no_crash()
    {
        await using var bluez = await FakeBluez.StartAsync();
        File.WriteAllText(Settings, """{ "DriverMonitor": { "Vehicle": { "SpeedKmh": 50 } } }""");
        var (exit, _, errors) = await bluez.RunAsync("heart", "scan", "--seconds", "1", "--config", Settings);
        Assert.Equal(1, exit);
        Assert.Contains("No strap was heard", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
