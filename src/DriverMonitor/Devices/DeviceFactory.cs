using System.Device.I2c;
using System.Device.Spi;
using DriverMonitor.Time;
using Iot.Device.Adxl345;

namespace DriverMonitor.Devices;

/// <summary>Opens what a part's place names; each time anew, because a device that was unplugged must be set up again.</summary>
/// <param name="supply">Told how the board is fed: whether its supply is gone, and the battery's charge in percent.</param>
/// <param name="buses">Null for the kernel's.</param>
internal sealed class DeviceFactory(
    ClockQuality clock, CabSensors cab, StatusBoard board, int ringLights, Action<bool, double?>? supply = null,
    DeviceBuses? buses = null)
{
    private readonly DeviceBuses _buses = buses ?? DeviceBuses.Kernel;

    /// <summary>May block, and throw whatever the device's driver throws.</summary>
    public IPolledDevice Open(DevicePlace place) => place.Kind switch
    {
        DeviceKind.Ds3231 or DeviceKind.Pcf8563 => OnI2c(place, bus => new RtcDevice(place.Kind, bus, clock)),
        DeviceKind.Bh1750 or DeviceKind.Tsl2561 or DeviceKind.Max44009 =>
            OnI2c(place, bus => new LightSensor(place.Kind, bus, cab)),
        DeviceKind.Scd4x => OnI2c(place, bus => AirSensor.OnI2c(bus, cab)),
        DeviceKind.Mhz19b => AirSensor.OnSerial(_buses.Serial(place.Port!), cab),
        DeviceKind.Mpu6886 or DeviceKind.Bno055 => OnI2c(place, bus => MotionSensor.OnI2c(place.Kind, bus, cab)),
        DeviceKind.Adxl345 => MotionSensor.OnSpi(
            _buses.Spi(new(place.Bus, place.Address) { Mode = SpiMode.Mode3, ClockFrequency = Adxl345.SpiClockFrequency }),
            cab),
        DeviceKind.PiJuice => OnI2c(place, bus => new PiJuiceSupply(bus, supply)),
        DeviceKind.Ssd1306 => OnI2c(place, bus => new StatusDisplay(bus, board)),
        // Three bits of SPI for one of the ring's, as the binding writes them.
        _ => new StatusRing(
            _buses.Spi(new(place.Bus, place.Address) { Mode = SpiMode.Mode0, ClockFrequency = 2_400_000 }), ringLights,
            board),
    };

    private IPolledDevice OnI2c(DevicePlace place, Func<I2cDevice, IPolledDevice> make)
    {
        var bus = _buses.I2c(place.Bus, place.Address);
        try
        {
            return make(bus);
        }
        catch
        {
            bus.Dispose();
            throw;
        }
    }
}
