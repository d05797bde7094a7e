using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>The running median of a signal's last moments: it follows what lasts and not what flickers.</summary>
/// <param name="length">Values older than this have left.</param>
public sealed class MedianWindow(TimeSpan length)
{
    private const int Most = 256;

    private readonly (TimeSpan At, double Value)[] _ring = new (TimeSpan, double)[Most];
    private readonly double[] _sorted = new double[Most];
    private int _first;
    private int _count;

    /// <summary>Null while there is nothing in it.</summary>
    public double? Median => _count == 0 ? null : (_sorted[_count / 2] + _sorted[(_count - 1) / 2]) / 2;

    /// <summary>From the oldest value in it to the newest.</summary>
    public TimeSpan Covered =>
        _count == 0 ? TimeSpan.Zero : CheckedTime.Between(_ring[_first].At, _ring[(_first + _count - 1) % Most].At);

    public void Add(TimeSpan at, double value)
    {
        if (double.IsNaN(value)) return; // it would have no place among the others
        if (_count > 0 && at < _ring[(_first + _count - 1) % Most].At) Reset(); // another clock
        while (_count > 0 && (_count == Most || CheckedTime.Between(_ring[_first].At, at) > length)) RemoveOldest();
        var place = Place(value);
        Array.Copy(_sorted, place, _sorted, place + 1, _count - place);
        _sorted[place] = value;
        _ring[(_first + _count++) % Most] = (at, value);
    }

    public void Reset() => (_first, _count) = (0, 0);

    private void RemoveOldest()
    {
        var place = Place(_ring[_first].Value);
        Array.Copy(_sorted, place + 1, _sorted, place, _count - place - 1);
        _first = (_first + 1) % Most;
        _count--;
    }

    private int Place(double value)
    {
        var place = Array.BinarySearch(_sorted, 0, _count, value);
        return place >= 0 ? place : ~place;
    }
}
