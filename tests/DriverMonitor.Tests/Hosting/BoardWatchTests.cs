using DriverMonitor.Hosting;
using DriverMonitor.Telemetry;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Hosting;

/// <summary>Low voltage and heat, as kernels show them: one line each when they begin and when they are over.</summary>
public sealed class BoardWatchTests : IAsyncDisposable
{
    private const string Firmware = "devices/platform/soc/soc:firmware/get_throttled";

    private readonly string _kernel = Directory.CreateTempSubdirectory("sys").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly ListLogger<DeviceStates> _log = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly DeviceStates _devices;
    private Task _running = Task.CompletedTask;

    public BoardWatchTests() => _devices = new(_log);

    public static TheoryData<string, string, string, string, string> Boards => new()
    {
        { "a Pi's supply is weak", Firmware, "0", "1", "voltage: the board's supply is too weak" },
        { "a Pi is slowed down", Firmware, "0", "4", "heat: the processor is slowed down at 84 °C" },
        { "a Pi without the firmware's node", "class/hwmon/hwmon0/in0_lcrit_alarm", "0", "1", "voltage: the board's supply is too weak" },
        { "a Jetson is as hot as it may become", "class/thermal/thermal_zone0/temp", "62000", "99500", "heat: the processor is slowed down at 100 °C" },
        { "any board that is slowed down", "class/thermal/cooling_device0/cur_state", "0", "3", "heat: the processor is slowed down at 84 °C" },
    };

    [Theory]
    [MemberData(nameof(Boards))]
    public async Task Trouble_is_one_line_and_its_end_another(string name, string file, string well, string trouble, string says)
    {
        Write("class/hwmon/hwmon0/name", "rpi_volt");
        Write("class/thermal/cooling_device0/type", "cpufreq-cpu0");
        Write("class/thermal/thermal_zone0/temp", "84000");
        Write("class/thermal/thermal_zone0/type", "cpu-thermal");
        Write("class/thermal/thermal_zone0/trip_point_0_type", "active");
        Write("class/thermal/thermal_zone0/trip_point_0_temp", "50000");
        Write("class/thermal/thermal_zone0/trip_point_1_type", "passive");
        Write("class/thermal/thermal_zone0/trip_point_1_temp", "99000");
        Write(file, well);
        _running = new BoardWatch(new(_kernel), _devices, _time).RunAsync(_stop.Token);
        await Pass(TimeSpan.FromMinutes(1));
        Assert.True(_log.Lines.Count == 0, $"{name}: {string.Join(" ", _log.Lines)}");

        Write(file, trouble);
        await Pass(() => _log.Lines.Count == 1);
        Assert.StartsWith($"Warning: Device {says}", _log.Lines[0], StringComparison.Ordinal);
        // It comes and goes: that is one trouble.
        Write(file, well);
        await Pass(TimeSpan.FromSeconds(30));
        Write(file, trouble);
        await Pass(TimeSpan.FromSeconds(30));
        Assert.Single(_log.Lines);

        Write(file, well);
        await Pass(() => _log.Lines.Count == 2);
        Assert.StartsWith("Information: Device ", _log.Lines[1], StringComparison.Ordinal);
        Assert.True(_devices.TryTake(out var begun) && begun.IsWell == false);
        Assert.True(_devices.TryTake(out var over) && over.IsWell == true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("-274000")]
    [InlineData("99999999999")]
    public void A_sensor_that_says_nonsense_is_none(string says)
    {
        Write("class/thermal/thermal_zone0/temp", says);
        Write("class/thermal/thermal_zone0/trip_point_0_type", "passive");
        Write("class/thermal/thermal_zone0/trip_point_0_temp", "99000");
        Assert.Equal(default, new BoardHealth(_kernel).Read());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        Directory.Delete(_kernel, recursive: true);
    }

    private async Task Pass(Func<bool> until) => await Eventually.Sees("it said", () =>
    {
        _time.Advance(TimeSpan.FromSeconds(5));
        return until();
    });

    private async Task Pass(TimeSpan lasting)
    {
        for (var i = 0; i < lasting.TotalSeconds / 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(20);
        }
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_kernel, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text + "\n");
    }
}
