using System.Device.I2c;
using System.IO.Ports;
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
        var sensor = new Scd4x(bus);
        sensor.StartPeriodicMeasurements();
        return new(
            sensor,
            () => sensor.ReadPeriodicMeasurement() is var (co2, _, temperature)
                ? (co2?.PartsPerMillion, temperature?.DegreesCelsius)
                : default,
            cab);
    }

    /// <param name="port">Open, at 9600 baud; it is closed with the sensor.</param>
    public static AirSensor OnSerial(Stream port, CabSensors cab)
    {
        var sensor = new Mhz19b(port, shouldDispose: true);
        return new(sensor, () => (sensor.GetCo2Reading().PartsPerMillion, null), cab);
    }

    /// <exception cref="IOException">There is no such port.</exception>
    public static AirSensor OnPort(string name, CabSensors cab)
    {
        var port = new SerialPort(name, 9600) { ReadTimeout = 1000, WriteTimeout = 1000 };
        port.Open();
        return OnSerial(port.BaseStream, cab);
    }

    public void Poll()
    {
        var (ppm, celsius) = _read();
        _cab.SetAir(ppm is >= LeastPpm and <= MostPpm ? ppm : null, celsius is >= -40 and <= 85 ? celsius : null);
    }

    public void Dispose() => _device.Dispose();
}
