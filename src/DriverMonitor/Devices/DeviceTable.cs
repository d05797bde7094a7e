namespace DriverMonitor.Devices;

/// <summary>On what a device hangs.</summary>
internal enum DeviceBus { I2c, Spi, Serial }

/// <summary>What is known of a kind of device before one is fitted.</summary>
/// <param name="Addresses">On I2C: those that it can have, its usual one first (from its data sheet).</param>
/// <param name="Every">How often it is asked.</param>
/// <param name="What">For an installer.</param>
internal sealed record DeviceRow(DeviceKind Kind, DeviceBus Bus, int[] Addresses, TimeSpan Every, string What);

/// <summary>All kinds of devices, as hardware/vehicle.md describes them.</summary>
internal static class DeviceTable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Second = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<DeviceRow> Rows { get; } =
    [
        new(DeviceKind.Ds3231, DeviceBus.I2c, [0x68], Minute, "clock"),
        new(DeviceKind.Pcf8563, DeviceBus.I2c, [0x51], Minute, "clock"),
        new(DeviceKind.Bh1750, DeviceBus.I2c, [0x23, 0x5C], Second, "light"),
        new(DeviceKind.Tsl2561, DeviceBus.I2c, [0x39, 0x29, 0x49], Second, "light"),
        new(DeviceKind.Max44009, DeviceBus.I2c, [0x4A, 0x4B], Second, "light"),
        new(DeviceKind.Scd4x, DeviceBus.I2c, [0x62], TimeSpan.FromSeconds(5), "air"),
        new(DeviceKind.Mhz19b, DeviceBus.Serial, [], TimeSpan.FromSeconds(5), "air"),
        new(DeviceKind.Mpu6886, DeviceBus.I2c, [0x68, 0x69], TimeSpan.FromMilliseconds(20), "motion"),
        new(DeviceKind.Adxl345, DeviceBus.Spi, [], TimeSpan.FromMilliseconds(20), "motion"),
        new(DeviceKind.Bno055, DeviceBus.I2c, [0x28, 0x29], TimeSpan.FromMilliseconds(20), "motion"),
        new(DeviceKind.Ssd1306, DeviceBus.I2c, [0x3C, 0x3D], TimeSpan.FromMilliseconds(250), "display"),
        new(DeviceKind.Ws2812b, DeviceBus.Spi, [], TimeSpan.FromMilliseconds(250), "ring"),
        new(DeviceKind.PiJuice, DeviceBus.I2c, [0x14], TimeSpan.FromSeconds(2), "ups"),
    ];

    public static DeviceRow Of(DeviceKind kind) => Rows.First(row => row.Kind == kind);
}
