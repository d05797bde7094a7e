using DriverMonitor.Telemetry;

namespace DriverMonitor.Tests.Hosting;

/// <summary>What boards say of themselves, as their kernels lay it out.</summary>
public sealed class BoardHealthTests : IDisposable
{
    private readonly string _kernel = Directory.CreateTempSubdirectory("sys").FullName;

    public void Dispose() => Directory.Delete(_kernel, recursive: true);

    [Fact]
    public void A_board_that_says_nothing_has_no_figures()
    {
        Assert.Empty(new BoardHealth(_kernel).Temperatures());
        Assert.Empty(new BoardHealth(_kernel).Throttled());
    }

    [Fact]
    public void Every_zone_has_its_temperature()
    {
        Publish("class/thermal/thermal_zone0/temp", "62322");
        Publish("class/thermal/thermal_zone0/type", "cpu-thermal");
        Publish("class/thermal/thermal_zone1/temp", "-1500");
        Publish("class/thermal/thermal_zone2/type", "broken");
        Assert.Equal(
            [("cpu-thermal", 62.322), ("thermal_zone1", -1.5)],
            new BoardHealth(_kernel).Temperatures().Select(one => ((string)one.Tags[0].Value!, one.Value)).Order());
    }

    [Theory]
    [InlineData("devices/platform/soc/soc:firmware/get_throttled", "0", 0)]
    [InlineData("devices/platform/soc/soc:firmware/get_throttled", "50005", 1)] // low voltage and slowed down, now and before
    [InlineData("devices/platform/soc/soc:firmware/get_throttled", "50000", 0)] // only before
    [InlineData("devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled", "4", 1)] // Pi 5
    [InlineData("class/hwmon/hwmon1/in0_lcrit_alarm", "1", 1)]
    [InlineData("class/hwmon/hwmon1/in0_lcrit_alarm", "0", 0)]
    [InlineData("class/thermal/cooling_device3/cur_state", "2", 1)]
    [InlineData("class/thermal/cooling_device3/cur_state", "0", 0)]
    public void A_board_that_is_slowed_down_says_so(string file, string says, int expected)
    {
        Publish("class/hwmon/hwmon1/name", "rpi_volt");
        Publish("class/thermal/cooling_device3/type", "cpufreq-cpu0");
        Publish("class/thermal/cooling_device0/type", "pwm-fan"); // a fan that turns slows nothing down
        Publish("class/thermal/cooling_device0/cur_state", "3");
        Publish(file, says);
        Assert.Equal(expected, Assert.Single(new BoardHealth(_kernel).Throttled()).Value);
    }

    [Fact]
    public void One_reason_is_enough()
    {
        Publish("devices/platform/soc/soc:firmware/get_throttled", "0");
        Publish("class/thermal/cooling_device0/type", "thermal-cpufreq-0");
        Publish("class/thermal/cooling_device0/cur_state", "1");
        Assert.Equal(1, Assert.Single(new BoardHealth(_kernel).Throttled()).Value);
    }

    private void Publish(string file, string text)
    {
        var path = Path.Combine(_kernel, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text + "\n");
    }
}
