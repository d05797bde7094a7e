using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>What the driver said about the last sleep; it stands until it is said anew.</summary>
internal sealed class SleepTracker : IModalityTracker
{
    private (TimeSpan At, SleepReading Reading)? _said;

    public void Add(TimeSpan at, SleepReading reading) => _said = (at, reading);

    /// <summary>As of now: the driver has been awake since.</summary>
    public SleepReading? At(TimeSpan now) =>
        _said is { } said ? said.Reading with { Awake = said.Reading.Awake + (now - said.At) } : null;

    /// <summary>Ahead, the board slept and the driver may have been awake; back, only the numbers changed.</summary>
    public void Reset(TimeSpan before, TimeSpan at)
    {
        if (at < before && At(before) is { } reading) _said = (at, reading);
    }

    public void ChangeDriver() => _said = null;
}
