using System.Numerics;

namespace DriverMonitor.Core.Signals;

/// <summary>
/// How hard a vehicle is braked, accelerated or turned, however its sensor is mounted: what is added across the direction in
/// which gravity has been felt of late.
/// </summary>
public sealed class HorizontalAccelerationMeter
{
    /// <summary>Far longer than anybody brakes, shorter than a pass road. Judgement.</summary>
    private static readonly TimeSpan GravityOver = TimeSpan.FromSeconds(30);

    private Vector3? _gravity;
    private TimeSpan _addedAt;

    /// <param name="at">On a clock that never jumps.</param>
    /// <param name="mean">Of a burst of accelerations, in g, gravity among them.</param>
    /// <returns>In g, 0 and more.</returns>
    public double Add(TimeSpan at, Vector3 mean)
    {
        if (_gravity is not { } gravity || at < _addedAt || at - _addedAt > GravityOver)
        {
            (_gravity, _addedAt) = (mean, at);
            return 0;
        }

        var down = Vector3.Normalize(gravity);
        var added = mean - gravity;
        var across = added - Vector3.Dot(added, down) * down;
        var share = 1 - Math.Exp(-(at - _addedAt) / GravityOver);
        (_gravity, _addedAt) = (gravity + added * (float)share, at);
        return across.Length();
    }
}
