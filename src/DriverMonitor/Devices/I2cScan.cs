using System.Device.I2c;
using System.Globalization;

namespace DriverMonitor.Devices;

/// <summary>Which of the devices that we know may be on the board's I2C buses, for <c>drivermonitor setup</c>.</summary>
internal static class I2cScan
{
    /// <summary>Buses of a screen or a camera are left alone; on the header of all boards it is one of these.</summary>
    private const int HighestBus = 7;

    /// <param name="devices">Where the kernel shows them.</param>
    public static IReadOnlyList<int> Buses(string devices = "/dev") =>
    [
        .. Enumerable.Range(0, HighestBus + 1)
            .Where(bus => File.Exists(Path.Combine(devices, string.Create(CultureInfo.InvariantCulture, $"i2c-{bus}")))),
    ];

    /// <summary>Places at which something answers; several kinds may share an address, and then each is given.</summary>
    /// <param name="open">Opens a device on a bus.</param>
    public static IReadOnlyList<DevicePlace> Find(IEnumerable<int> buses, Func<int, int, I2cDevice>? open = null)
    {
        open ??= (bus, address) => I2cDevice.Create(new(bus, address));
        var rows = DeviceTable.Rows.Where(row => row.Bus == DeviceBus.I2c).ToList();
        return
        [
            .. from bus in buses
               from address in rows.SelectMany(row => row.Addresses).Distinct().Order()
               where Answers(open, bus, address)
               from row in rows
               where row.Addresses.Contains(address)
               select new DevicePlace(row.Kind, bus, address, null),
        ];
    }

    /// <summary>Reads a byte, which none of the kinds takes for an order.</summary>
    private static bool Answers(Func<int, int, I2cDevice> open, int bus, int address)
    {
        try
        {
            using var device = open(bus, address);
            device.ReadByte();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return false;
        }
    }
}
