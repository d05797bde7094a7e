using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>How much happened in the last minutes.</summary>
public sealed class EventCounter(TimeSpan window)
{
    // More in one window is no driver; the oldest makes room.
    private readonly (TimeSpan At, double Weight)[] _happened = new (TimeSpan, double)[64];
    private int _first;
    private int _count;

    public void Add(TimeSpan at, double weight = 1)
    {
        if (_count == _happened.Length) DropOldest();
        _happened[(_first + _count++) % _happened.Length] = (at, weight);
    }

    public double Sum(TimeSpan at)
    {
        while (_count > 0 && !CheckedTime.IsWithin(window, _happened[_first].At, at)) DropOldest();
        double sum = 0;
        for (var i = 0; i < _count; i++) sum += _happened[(_first + i) % _happened.Length].Weight;
        return sum;
    }

    public void Reset() => _count = 0;

    private void DropOldest()
    {
        _first = (_first + 1) % _happened.Length;
        _count--;
    }
}
