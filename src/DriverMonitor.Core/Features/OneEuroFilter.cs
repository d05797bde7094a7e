namespace DriverMonitor.Core.Features;

/// <summary>
/// Takes the jitter out of a measure that mostly rests: slow changes are smoothed, quick ones pass (Casiez, Roussel and Vogel
/// 2012). Its lag is bounded by its lowest cut-off: at 3 Hz and 20 pictures a second half of a step is there in the same picture.
/// </summary>
/// <param name="lowestHertz">Cut-off while the measure rests.</param>
/// <param name="perSpeed">Cut-off gained for each unit a second.</param>
public sealed class OneEuroFilter(double lowestHertz, double perSpeed)
{
    private const double SpeedHertz = 4;

    /// <summary>After such a gap the last value says nothing.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(0.5);

    private TimeSpan? _at;
    private double _value;
    private double _speed;

    /// <summary>The smoothed value after this one.</summary>
    public double Update(TimeSpan at, double value)
    {
        if (_at is not { } last || at <= last || at - last > Longest)
        {
            (_at, _value, _speed) = (at, value, 0);
            return value;
        }

        var seconds = (at - last).TotalSeconds;
        _speed += Share(SpeedHertz, seconds) * ((value - _value) / seconds - _speed);
        _value += Share(lowestHertz + perSpeed * Math.Abs(_speed), seconds) * (value - _value);
        _at = at;
        return _value;
    }

    public void Reset() => _at = null;

    private static double Share(double hertz, double seconds)
    {
        var turns = 2 * Math.PI * hertz * seconds;
        return turns / (turns + 1);
    }
}
