namespace DriverMonitor.Core.HeartRate;

/// <summary>
/// Judges each interval as it comes: in range, and within a fifth of the last accepted one (Malik's rule). Needs no
/// later beat, so it guards the live edge; it also eats a healthy heart's large swings, so it decides nothing else.
/// </summary>
public sealed class TwentyPercentRule(HeartSettings settings)
{
    private readonly double[] _rejected = new double[settings.ReseedAfterBeats];
    private int _rejectedInARow;
    private double? _last;

    public bool Keep(double rrMs)
    {
        if (!(rrMs >= settings.ShortestRrMs && rrMs <= settings.LongestRrMs)) return false;

        if (_last is not { } last || Math.Abs(rrMs - last) <= settings.LargestStep * last)
        {
            _last = rrMs;
            _rejectedInARow = 0;
            return true;
        }

        _rejected[_rejectedInARow++] = rrMs;
        if (_rejectedInARow == _rejected.Length) Reseed();
        return false;
    }

    /// <summary>Forgets the rhythm, for a new strap or a long silence.</summary>
    public void Reset()
    {
        _last = null;
        _rejectedInARow = 0;
    }

    // Without this one wrong accepted beat would lock out every true one after it. No difference can span the change:
    // the rejected beats lie between.
    private void Reseed()
    {
        Array.Sort(_rejected);
        int middle = _rejected.Length / 2;
        _last = _rejected.Length % 2 == 1 ? _rejected[middle] : (_rejected[middle - 1] + _rejected[middle]) / 2;
        _rejectedInARow = 0;
    }
}
