using DriverMonitor.Configuration;
using DriverMonitor.Devices;
using DriverMonitor.Monitoring;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Devices;

/// <summary>What an installer may fit, and what is refused in one line.</summary>
public sealed class DevicePlaceTests
{
    [Theory]
    [InlineData("ds3231@1:0x68", "ds3231@1:0x68")]
    [InlineData("DS3231@1", "ds3231@1:0x68")]
    [InlineData("bh1750@7:0x5C", "bh1750@7:0x5c")]
    [InlineData("ws2812b@0.0", "ws2812b@0.0")]
    [InlineData("adxl345@0.1", "adxl345@0.1")]
    [InlineData("mhz19b@/dev/ttyS0", "mhz19b@/dev/ttyS0")]
    public void A_place_is_read(string text, string written) => Assert.Equal(written, DevicePlace.Parse(text).ToString());

    [Theory]
    [InlineData("[\"0@1\"]", "is no device. There are ds3231, pcf8563")]
    [InlineData("[\"toaster@1\"]", "is no device")]
    [InlineData("[\"ds3231\"]", "does not name bus and address, as in ds3231@1:0x68")]
    [InlineData("[\"ds3231@x\"]", "does not name bus and address")]
    [InlineData("[\"ds3231@1:68\"]", "does not name bus and address")]
    [InlineData("[\"ds3231@1:0x23\"]", "has an address that this device cannot have; it can have 0x68")]
    [InlineData("[\"max44009@1:0x78\"]", "has an address that this device cannot have; it can have 0x4a, 0x4b")]
    [InlineData("[\"ssd1306@1:0x13c\"]", "has an address that this device cannot have; it can have 0x3c, 0x3d")]
    [InlineData("[\"bh1750@1:0xFFFFFFFF\"]", "has an address that this device cannot have; it can have 0x23, 0x5c")]
    [InlineData("[\"adxl345@0.256\"]", "does not name bus and chip select")]
    [InlineData("[\"ds3231@999\"]", "does not name bus and address")]
    [InlineData("[\"ws2812b@0\"]", "does not name bus and chip select")]
    [InlineData("[\"mhz19b@1:0x23\"]", "does not name its serial port")]
    [InlineData("[\"mhz19b@/etc/passwd\"]", "does not name its serial port")]
    [InlineData("[\"ds3231@1\", \"mpu6886@1:0x68\"]", "hangs where another one does")]
    [InlineData("[\"adxl345@0.0\", \"ws2812b@0.0\"]", "hangs where another one does")]
    [InlineData("[\"bh1750@1:0x23\", \"tsl2561@1:0x39\"]", "are two of one sort (light)")]
    public void What_cannot_be_fitted_is_refused(string parts, string says)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.json");
        File.WriteAllText(file, $$"""{ "DriverMonitor": { "Devices": { "Parts": {{parts}} } } }""");
        var fault = Assert.Throws<ConfigurationException>(() => MonitorOptions.Load(file)).Message;
        File.Delete(file);
        Assert.Contains(says, fault, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault);
    }

    [Fact]
    public void A_scan_names_every_kind_that_may_answer_there()
    {
        var found = I2cScan.Find([1], (_, address) => new RegisterI2c(address) { IsPulledOut = address is not (0x23 or 0x68) });
        Assert.Equal(["bh1750@1:0x23", "ds3231@1:0x68", "mpu6886@1:0x68"], found.Select(place => $"{place}").Order());
    }
}
