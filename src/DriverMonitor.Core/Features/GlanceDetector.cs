namespace DriverMonitor.Core.Features;

/// <summary>A glance off the road that has ended; the angles are those of its farthest moment.</summary>
public readonly record struct Glance(TimeSpan StartedAt, TimeSpan EndedAt, double YawDegrees, double PitchDegrees)
{
    public TimeSpan Duration => EndedAt - StartedAt;
}

/// <summary>Times single glances off the road.</summary>
public sealed class GlanceDetector(RoadSettings settings)
{
    private bool _away;
    private TimeSpan _startedAt;
    private TimeSpan? _backAt;
    private TimeSpan _lastAway;
    private double _yaw;
    private double _pitch;

    /// <summary>Whether the driver looks away now.</summary>
    public bool IsAway => _away;

    /// <summary>How long the glance under way has lasted; zero when there is none.</summary>
    public TimeSpan AwayFor(TimeSpan at) => _away ? (_backAt ?? at) - _startedAt : TimeSpan.Zero;

    /// <summary>Returns the glance that this picture ended. Angles are from the neutral.</summary>
    /// <param name="since">Since when the driver looks away, should a glance begin with this picture.</param>
    public Glance? Step(TimeSpan at, bool onRoad, double yaw, double pitch, TimeSpan since)
    {
        if (!onRoad)
        {
            if (!_away) (_away, _startedAt, _yaw, _pitch) = (true, since, 0, 0);
            (_backAt, _lastAway) = (null, at);
            if (Math.Abs(yaw) + Math.Abs(pitch) > Math.Abs(_yaw) + Math.Abs(_pitch)) (_yaw, _pitch) = (yaw, pitch);
            return null;
        }

        if (!_away) return null;
        _backAt ??= at;
        return at - _backAt >= settings.ShortestReturn ? End(_backAt.Value) : null;
    }

    /// <summary>Where the driver looks is unknown. A face that turned away until it was lost is still turned away.</summary>
    public Glance? UpdateMissing(TimeSpan at)
    {
        if (!_away) return null;
        if (_backAt is { } back) return End(back);
        return at - _lastAway > settings.HeldAway ? End(_lastAway) : null;
    }

    /// <summary>
    /// Ends what is under way: time itself was interrupted, or the eyes have been shut since <paramref name="shutAt"/>.
    /// </summary>
    public Glance? Abort(TimeSpan? shutAt = null) => _away ? End(_backAt ?? shutAt ?? _lastAway) : null;

    private Glance? End(TimeSpan endedAt)
    {
        (_away, _backAt) = (false, null);
        return endedAt - _startedAt >= settings.ShortestGlance ? new(_startedAt, endedAt, _yaw, _pitch) : null;
    }
}
