using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>
/// Where the gaze rested in the last minute, one mean a second: how far it wanders sideways, and how much of it stays at
/// the road's centre. Only from good gaze; whoever asks decides whether the road was fast and straight.
/// </summary>
internal sealed class GazeDispersionWindow
{
    private const int Room = 60, Needed = 45;
    private const double GoodGaze = 0.6, CentreDegrees = 8;

    private readonly double[] _yaws = new double[Room];
    private readonly double[] _sorted = new double[Room];
    private double _sum;
    private int _pictures, _next, _count;

    public void Update(in FaceReading face)
    {
        if (face.Gaze is not { Quality: >= GoodGaze and <= 1 } gaze || !(Math.Abs(gaze.YawDegrees) <= 180)) return;
        _sum += gaze.YawDegrees;
        _pictures++;
    }

    /// <summary>Ends a second; <paramref name="counts"/> is false where it must not be taken for driving along.</summary>
    public void Second(bool counts)
    {
        if (!counts) Reset();
        else if (_pictures > 0)
        {
            _yaws[_next] = _sum / _pictures;
            _next = (_next + 1) % Room;
            _count = Math.Min(_count + 1, Room);
        }

        (_sum, _pictures) = (0, 0);
    }

    /// <summary>
    /// Standard deviation in degrees, and share within eight degrees of the middle; null until there are 45 seconds.
    /// </summary>
    public (double Spread, double Centre)? Measure()
    {
        if (_count < Needed) return null;
        var sorted = _sorted.AsSpan(0, _count);
        _yaws.AsSpan(0, _count).CopyTo(sorted);
        sorted.Sort();
        double middle = sorted[_count / 2], mean = 0, squares = 0;
        foreach (var yaw in sorted) mean += yaw / _count;
        var near = 0;
        foreach (var yaw in sorted)
        {
            squares += (yaw - mean) * (yaw - mean);
            if (Math.Abs(yaw - middle) <= CentreDegrees) near++;
        }

        return (Math.Sqrt(squares / (_count - 1)), (double)near / _count);
    }

    private void Reset() => (_next, _count) = (0, 0);
}
