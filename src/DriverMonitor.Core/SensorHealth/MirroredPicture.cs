namespace DriverMonitor.Core.SensorHealth;

/// <summary>
/// Whether the camera mirrors. A mirrored face is a face like any other, its gaze goes with its head as in every picture: only
/// something from outside the picture can tell. Drivers look into bends (by 5 to 20 degrees), and the wheel says which way these
/// go.
/// </summary>
public sealed class MirroredPicture
{
    // A bend is one from 30 degrees of the wheel (openpilot, driver monitoring policy).
    private const double SteersFrom = 30, StraightBelow = 10, LooksInto = 4;

    private static readonly TimeSpan EnoughOfEach = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(20);

    private TimeSpan? _at;
    private double? _straight;
    private (double DegreeSeconds, TimeSpan Lasted) _left, _right;
    private bool? _isMirrored;

    /// <param name="yaw">Of the head, + to what the picture has as the driver's right; null while no face is seen.</param>
    /// <param name="steering">Of the wheel, + to the driver's right; null while unknown.</param>
    /// <returns>Null until ten seconds of bends to each side agree.</returns>
    public bool? Update(TimeSpan at, double? yaw, double? steering)
    {
        var passed = at - _at ?? TimeSpan.Zero;
        if (passed > LongestStep) passed = LongestStep;
        _at = at;
        if (yaw is not { } head || steering is not { } wheel || passed <= TimeSpan.Zero) return _isMirrored;
        if (Math.Abs(wheel) < StraightBelow)
            _straight = _straight is { } mean ? mean + (head - mean) * Math.Min(1, passed / Memory) : head;
        if (Math.Abs(wheel) < SteersFrom || _straight is not { } ahead) return _isMirrored;

        ref var side = ref wheel > 0 ? ref _right : ref _left;
        var inwards = (head - ahead) * Math.Sign(wheel);
        side = (side.DegreeSeconds + inwards * passed.TotalSeconds, side.Lasted + passed);
        if (_left.Lasted < EnoughOfEach || _right.Lasted < EnoughOfEach) return _isMirrored;
        Decide();
        return _isMirrored;
    }

    /// <summary>What was counted does not go on; what was found stands until it is found anew.</summary>
    public void Reset() => (_at, _straight, _left, _right) = (null, null, default, default);

    private void Decide()
    {
        var (left, right) = (_left.DegreeSeconds / _left.Lasted.TotalSeconds, _right.DegreeSeconds / _right.Lasted.TotalSeconds);
        if (left <= -LooksInto && right <= -LooksInto) _isMirrored = true;
        else if (left >= LooksInto && right >= LooksInto) _isMirrored = false;
        (_left, _right) = (default, default);
    }
}
