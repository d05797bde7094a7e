using System.Device.I2c;
using Iot.Device.Bh1750fvi;
using Iot.Device.Max44009;
using Iot.Device.Tsl256x;

namespace DriverMonitor.Devices;

/// <summary>How bright it is around the driver.</summary>
internal sealed class LightSensor : IPolledDevice
{
    /// <summary>More than the sun gives on a clear day (120,000), and than any of the sensors can measure.</summary>
    private const double BrightestLux = 190_000;

    private readonly IDisposable _device;
    private readonly Func<double> _lux;
    private readonly CabSensors _cab;

    public LightSensor(DeviceKind kind, I2cDevice bus, CabSensors cab)
    {
        _cab = cab;
        (_device, _lux) = kind switch
        {
            DeviceKind.Bh1750 => OfBh1750(new Bh1750fvi(bus)),
            DeviceKind.Max44009 => OfMax44009(new Max44009(bus)),
            _ => OfTsl2561(new Tsl256x(bus, PackageType.Other), bus),
        };
    }

    public void Poll()
    {
        var lux = _lux();
        if (!(lux is >= 0 and <= BrightestLux))
            throw new DeviceException("it says a light that there is not; check its wiring");
        _cab.SetLight(lux);
    }

    public void Dispose() => _device.Dispose();

    private static (IDisposable, Func<double>) OfBh1750(Bh1750fvi sensor) => (sensor, () => sensor.Illuminance.Lux);

    private static (IDisposable, Func<double>) OfMax44009(Max44009 sensor) => (sensor, () => sensor.Illuminance);

    private static (IDisposable, Func<double>) OfTsl2561(Tsl256x sensor, I2cDevice bus)
    {
        sensor.Enabled = true;
        sensor.IntegrationTime = Iot.Device.Tsl256x.IntegrationTime.Integration402Milliseconds;
        return (sensor, () => Tsl2561Light.Read(bus));
    }
}
