using System.Device.I2c;
using Iot.Device.Mhz19b;
using Iot.Device.Scd4x;

namespace DriverMonitor.Devices;

/// <summary>Carbon dioxide of the cab's air, and its temperature where the sensor knows it.</summary>
internal sealed class AirSensor : IPolledDevice
{
    /// <summary>What the sensors can measure; outside of it they warm up or fail.</summary>
    private const double LeastPpm = 300, MostPpm = 40_000;

    private readonly IDisposable _device;
    private readonly Func<(double? Ppm, double? Celsius)> _read;
    private readonly CabSensors _cab;

    private AirSensor(IDisposable device, Func<(double? Ppm, double? Celsius)> read, CabSensors cab) =>
        (_device, _read, _cab) = (device, read, cab);

    public static AirSensor OnI2c(I2cDevice bus, CabSensors cab)
    {
        var (sensor, reading) = (new Scd4x(bus), new Scd4xReading(bus));
        sensor.StartPeriodicMeasurements();
        return new(sensor, reading.Read, cab);
    }

    /// <param name="port">Open, at 9600 baud; it is closed with the sensor.</param>
    public static AirSensor OnSerial(Stream port, CabSensors cab)
    {
        var sensor = new Mhz19b(port, shouldDispose: true);
        return new(sensor, () => (sensor.GetCo2Reading().PartsPerMillion, null), cab);
    }

    public void Poll()
    {
        var (ppm, celsius) = _read();
        _cab.SetAir(ppm is >= LeastPpm and <= MostPpm ? ppm : null, celsius is >= -40 and <= 85 ? celsius : null);
    }

    public void Dispose() => _device.Dispose();
}
