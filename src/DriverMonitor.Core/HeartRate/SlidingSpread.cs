namespace DriverMonitor.Core.HeartRate;

/// <summary>Keeps the values of a window in order, so that its quartiles and median cost a search and not a sort.</summary>
internal sealed class SlidingSpread(int width)
{
    private readonly double[] _sorted = new double[width];
    private int _count;

    /// <summary>Half the distance between the quartiles.</summary>
    public double QuartileDeviation => (Quantile(0.75) - Quantile(0.25)) / 2;

    public double Median => Quantile(0.5);

    public void Reset() => _count = 0;

    public void Add(double value)
    {
        int place = Array.BinarySearch(_sorted, 0, _count, value);
        if (place < 0) place = ~place;
        Array.Copy(_sorted, place, _sorted, place + 1, _count - place);
        _sorted[place] = value;
        _count++;
    }

    public void Remove(double value)
    {
        int place = Array.BinarySearch(_sorted, 0, _count, value);
        _count--;
        Array.Copy(_sorted, place + 1, _sorted, place, _count - place);
    }

    // Linear between neighbours (the definition called R7), which the detector's published thresholds assume.
    private double Quantile(double share)
    {
        double place = share * (_count - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, _count - 1);
        return _sorted[below] + (place - below) * (_sorted[above] - _sorted[below]);
    }
}
