using DriverMonitor.Core.Signals;

namespace DriverMonitor.Devices;

/// <summary>What the sensors last said, each until it is old; written by their threads, read by the loop.</summary>
internal sealed class CabSensors(TimeProvider time)
{
    /// <summary>The slowest is asked every five seconds.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(15);

    /// <summary>How often news of slow things is passed on.</summary>
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private (double Value, long At)? _light, _co2, _temperature, _vibration, _horizontal;
    private bool _isHorizontalTaken;
    private CabReading? _said;
    private long _saidAt;

    public void SetLight(double lux) => Set(ref _light, lux);

    public void SetAir(double? co2Ppm, double? celsius)
    {
        if (co2Ppm is { } ppm) Set(ref _co2, ppm);
        if (celsius is { } degrees) Set(ref _temperature, degrees);
    }

    public void SetVibration(double g) => Set(ref _vibration, g);

    /// <summary>A vehicle brakes in less time than passes between two readings: the hardest since the last one counts.</summary>
    public void SetHorizontal(double g)
    {
        lock (_gate)
        {
            if (!_isHorizontalTaken && _horizontal is { } known && known.Value > g) return;
            _isHorizontalTaken = false;
        }

        Set(ref _horizontal, g);
    }

    /// <summary>What is new since it was asked last, once a second; null for nothing.</summary>
    public CabReading? Take()
    {
        if (_said is not null && time.GetElapsedTime(_saidAt) < Often) return null;
        CabReading now;
        lock (_gate)
        {
            now = new(Fresh(_light), Fresh(_co2), Fresh(_temperature), Fresh(_vibration), Fresh(_horizontal));
            _isHorizontalTaken = true;
        }

        if (now == (_said ?? default)) return null;
        (_said, _saidAt) = (now, time.GetTimestamp());
        return now;
    }

    private void Set(ref (double Value, long At)? slot, double value)
    {
        if (!double.IsFinite(value)) return;
        lock (_gate) slot = (value, time.GetTimestamp());
    }

    private double? Fresh((double Value, long At)? slot) =>
        slot is { } known && time.GetElapsedTime(known.At) <= Stale ? known.Value : null;
}
