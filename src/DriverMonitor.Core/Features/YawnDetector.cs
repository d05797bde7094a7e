namespace DriverMonitor.Core.Features;

/// <summary>A yawn that has ended; weight 0.5 when a hand hid most of it.</summary>
public readonly record struct YawnSeen(TimeSpan StartedAt, TimeSpan EndedAt, double Weight);

/// <summary>
/// Finds yawns: one slow rise, plateau and fall of the mouth. Speech, song and laughter open it as wide but not as
/// long without closing in between; a long laugh draws the mouth's corners up and out, which a yawn does not.
/// </summary>
public sealed class YawnDetector(MouthSettings settings)
{
    private const double HighestLimit = 0.5;
    private const double Dip = 0.2;
    private const int MostDips = 1;
    private const double Narrowed = 0.3;
    private const double Smiling = 0.4;
    private static readonly TimeSpan ShortestHidden = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LongestHidden = TimeSpan.FromSeconds(6);

    // The mesh's lips jitter by as much as speech moves them; what lasts less than half of this is not seen as a dip.
    private readonly MedianWindow _steady = new(TimeSpan.FromSeconds(0.3));

    private TimeSpan? _since;
    private TimeSpan? _hiddenSince;
    private TimeSpan? _lastAt;
    private double _last;
    private double _widest;
    private double _top;
    private double _peak;
    private double _trough;
    private int _dips;
    private TimeSpan _smiled;

    /// <summary>Whether the mouth is wide open now.</summary>
    public bool IsOpen => _since is not null;

    /// <param name="opening">Gap between the lips over the mouth's width; null when the mouth is not seen.</param>
    /// <param name="closure">Of the eyes: narrowed eyes betray a yawn behind a hand.</param>
    /// <param name="smile">Corners of the mouth up and out against the person at rest (AU12), 0..1; null when that is unknown.</param>
    public YawnSeen? Step(TimeSpan at, double? opening, double? closure, double? smile = null)
    {
        if (opening is not { } open) return Hide(at);

        var limit = Math.Clamp(settings.OfWidest * _widest, settings.WideOpen, HighestLimit);
        var ended = UpdateVisible(at, open, limit, closure);
        _steady.Add(at, open);
        if (open >= limit) Plateau(at, open, limit, smile);
        else ended ??= Close(at, limit, open);
        (_lastAt, _last) = (at, open);
        return ended;
    }

    public void Reset() => (_since, _hiddenSince, _lastAt) = (null, null, null);

    private YawnSeen? Hide(TimeSpan at)
    {
        // Hidden on the way up, or up: a hand before the mouth. Hidden while closed it tells nothing.
        if (_hiddenSince is null && _since is not null) _hiddenSince = at;
        if (at - _hiddenSince > LongestHidden) Reset();
        return null;
    }

    private YawnSeen? UpdateVisible(TimeSpan at, double open, double limit, double? closure)
    {
        if (_hiddenSince is not { } hidden) return null;
        _hiddenSince = null;
        if (open >= limit) return null;
        var started = _since ?? hidden;
        _since = null;
        return at - hidden >= ShortestHidden && closure >= Narrowed ? new(started, at, 0.5) : null;
    }

    private void Plateau(TimeSpan at, double open, double limit, double? smile)
    {
        if (_since is null) (_since, _top, _peak, _trough, _dips, _smiled) = (Crossing(at, open, limit), 0, 0, 0, 0, default);
        else if (smile >= Smiling) _smiled += at - _lastAt ?? TimeSpan.Zero;
        _top = Math.Max(_top, open);
        var steady = _steady.Median ?? open;
        _trough = Math.Min(_trough, steady);
        if (_trough < (1 - Dip) * _peak && steady > _trough / (1 - Dip)) (_dips, _trough, _peak) = (_dips + 1, steady, steady);
        if (steady > _peak) (_peak, _trough) = (steady, steady);
    }

    private YawnSeen? Close(TimeSpan at, double limit, double open)
    {
        if (_since is not { } since) return null;
        _since = null;
        var ended = Crossing(at, open, limit);
        if (ended - since < settings.Shortest || ended - since > settings.Longest || _dips > MostDips) return null;
        // One who grimaces while yawning is forgiven; half of it smiled is a laugh.
        if (_smiled * 2 > ended - since) return null;
        _widest = Math.Max(_widest, _top);
        return new(since, ended, 1);
    }

    private TimeSpan Crossing(TimeSpan at, double open, double level)
    {
        if (_lastAt is not { } last || at - last > TimeSpan.FromSeconds(0.5) || _last == open) return at;
        var share = (level - _last) / (open - _last);
        return share is >= 0 and <= 1 ? last + (at - last) * share : at;
    }
}
