using System.Device.I2c;
using System.Device.Spi;
using System.IO.Ports;

namespace DriverMonitor.Devices;

/// <summary>
/// How devices are reached: the kernel's buses, or what stands in for them. Each call may throw what its driver throws.
/// </summary>
/// <param name="I2c">Opens an address on a bus.</param>
/// <param name="Spi">Opens a chip select.</param>
/// <param name="Serial">Opens a port at 9600 baud, by name.</param>
internal sealed record DeviceBuses(
    Func<int, int, I2cDevice> I2c, Func<SpiConnectionSettings, SpiDevice> Spi, Func<string, Stream> Serial)
{
    public static DeviceBuses Kernel { get; } =
        new((bus, address) => I2cDevice.Create(new(bus, address)), SpiDevice.Create, OpenPort);

    private static Stream OpenPort(string name)
    {
        var port = new SerialPort(name, 9600) { ReadTimeout = 1000, WriteTimeout = 1000 };
        port.Open();
        return port.BaseStream;
    }
}
