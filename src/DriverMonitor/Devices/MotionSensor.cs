using System.Device.I2c;
using System.Device.Spi;
using System.Numerics;
using DriverMonitor.Core.Signals;
using Iot.Device.Adxl345;
using Iot.Device.Bno055;
using Iot.Device.Mpu6886;

namespace DriverMonitor.Devices;

/// <summary>How much the cab shakes: bursts of accelerations, by which a running engine and a road are told from rest.</summary>
internal sealed class MotionSensor : IPolledDevice
{
    /// <summary>A third of a second at a hundred a second: several turns of an idling engine (600 to 900 a minute).</summary>
    private const int Burst = 32;

    private const float StandardGravity = 9.80665f;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    private readonly IDisposable _device;
    private readonly Func<Vector3> _read;
    private readonly CabSensors _cab;
    private readonly ManualResetEventSlim _never = new();
    private readonly Vector3[] _samples = new Vector3[Burst];
    private readonly HorizontalAccelerationMeter _horizontal = new();
    private readonly long _start = TimeProvider.System.GetTimestamp();

    private MotionSensor(IDisposable device, Func<Vector3> read, CabSensors cab) => (_device, _read, _cab) = (device, read, cab);

    public static MotionSensor OnI2c(DeviceKind kind, I2cDevice bus, CabSensors cab)
    {
        if (kind == DeviceKind.Mpu6886)
        {
            var sensor = new Mpu6886AccelerometerGyroscope(bus);
            return new(sensor, sensor.GetAccelerometer, cab);
        }

        var fusion = new Bno055Sensor(bus, OperationMode.AcceleraterOnly);
        return new(fusion, () => fusion.Accelerometer / StandardGravity, cab);
    }

    public static MotionSensor OnSpi(SpiDevice bus, CabSensors cab)
    {
        var sensor = new Adxl345(bus, GravityRange.Range04);
        return new(sensor, () => sensor.Acceleration, cab);
    }

    public void Poll()
    {
        for (var i = 0; i < Burst; i++)
        {
            _samples[i] = _read();
            _never.Wait(Between);
        }

        // A sensor that is not there reads all zero or all ones: gravity is missing then.
        if (VibrationMeter.Measure(_samples) is not { } g) throw new DeviceException("it does not feel gravity; check its wiring");
        _cab.SetVibration(g);
        _cab.SetHorizontal(_horizontal.Add(TimeProvider.System.GetElapsedTime(_start), VibrationMeter.Mean(_samples)));
    }

    public void Dispose()
    {
        _device.Dispose();
        _never.Dispose();
    }
}
