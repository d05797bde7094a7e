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
    // A mouth that gapes and is drawn shut in the very next picture, with the eyes narrowed as before, is a hand before it: lips
    // move by no more than 200 mm/s, which is a quarter of their width in 66 ms.
    private const double Collapse = 0.3;
    private static readonly TimeSpan OneStep = TimeSpan.FromSeconds(0.15);

    // The mesh's lips jitter below the limit, in one step and never shut; who speaks is below it for long, or again and again.
    private const double MostBelow = 0.15, Shut = 0.15, Abrupt = 0.1;
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(0.25);

    private static readonly TimeSpan ShortestHidden = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LongestHidden = TimeSpan.FromSeconds(6);

    // Nobody's mouth is so wide open in speech.
    private const double WiderThanSpeech = 0.6;

    private readonly SpeechRhythm _rhythm = new();

    // The mesh's lips jitter by as much as speech moves them; what lasts less than half of this is not seen as a dip.
    private readonly MedianWindow _steady = new(TimeSpan.FromSeconds(0.3));

    private TimeSpan? _since;
    private TimeSpan? _hiddenSince;
    private TimeSpan? _belowSince;
    private TimeSpan _below;
    private bool _isCovered;
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
    /// <param name="smile">Corners of the mouth up and out against the person at rest (AU12), 0..1; null when that is
    /// unknown.</param>
    public YawnSeen? Step(TimeSpan at, double? opening, double? closure, double? smile = null)
    {
        if (opening is not { } open) return Hide(at);

        var limit = Math.Clamp(settings.OfWidest * _widest, settings.WideOpen, HighestLimit);
        var wasCovered = _isCovered;
        _isCovered = IsCovered(at, open, limit, closure);
        _steady.Add(at, open);
        _rhythm.Update(at, open);
        if (_isCovered)
        {
            (_lastAt, _last) = (at, open);
            return Hide(at);
        }

        var ended = UpdateVisible(at, open, limit, wasCovered || closure >= Narrowed);
        if (open >= limit) Plateau(at, open, limit, smile);
        else ended ??= Close(at, limit, open);
        (_lastAt, _last) = (at, open);
        return ended;
    }

    public void Reset() => (_since, _hiddenSince, _lastAt, _belowSince, _isCovered) = (null, null, null, null, false);

    private YawnSeen? Hide(TimeSpan at)
    {
        // Hidden on the way up, or up: a hand before the mouth. Hidden while closed it tells nothing.
        if (_hiddenSince is null && _since is not null) _hiddenSince = at;
        if (at - _hiddenSince > LongestHidden) Reset();
        return null;
    }

    private bool IsCovered(TimeSpan at, double open, double limit, double? closure)
    {
        if (!(closure >= Narrowed) || open >= limit || _since is not { } since) return false;
        // One that was long enough to count needs no hand.
        return _isCovered
            || at - since < settings.Shortest && at - _lastAt <= OneStep && _last >= limit && _last - open >= Collapse;
    }

    private YawnSeen? UpdateVisible(TimeSpan at, double open, double limit, bool isNarrowed)
    {
        if (_hiddenSince is not { } hidden) return null;
        _hiddenSince = null;
        if (open >= limit) return null;
        var started = _since ?? hidden;
        _since = null;
        var isLaugh = _smiled * 2 > hidden - started;
        return at - hidden >= ShortestHidden && isNarrowed && !isLaugh ? new(started, at, 0.5) : null;
    }

    private void Plateau(TimeSpan at, double open, double limit, double? smile)
    {
        if (_since is null) Begin(at, open, limit);
        else if (smile >= Smiling)
            _smiled += at - _lastAt ?? TimeSpan.Zero;
        if (_belowSince is { } below)
            _below += at - below;
        _belowSince = null;
        _top = Math.Max(_top, open);
        var steady = _steady.Median ?? open;
        _trough = Math.Min(_trough, steady);
        if (_trough < (1 - Dip) * _peak && steady > _trough / (1 - Dip)) (_dips, _trough, _peak) = (_dips + 1, steady, steady);
        if (steady > _peak) (_peak, _trough) = (steady, steady);
    }

    private void Begin(TimeSpan at, double open, double limit)
    {
        (_since, _top, _peak, _trough, _dips, _smiled, _below) = (Crossing(at, open, limit), 0, 0, 0, 0, default, default);
        _rhythm.Restart(at);
    }

    private YawnSeen? Close(TimeSpan at, double limit, double open)
    {
        if (_since is not { } since) return null;
        var mayJitter = open >= Shut && (_belowSince is not null || _last - open >= Abrupt);
        _belowSince ??= Crossing(at, open, limit);
        if (mayJitter && at - _belowSince < Jitter) return null;
        var ended = _belowSince.Value;
        (_since, _belowSince) = (null, null);
        if (_below > MostBelow * (ended - since)) return null;
        if (ended - since < settings.Shortest || ended - since > settings.Longest || _dips > MostDips) return null;
        // One who grimaces while yawning is forgiven; half of it smiled is a laugh.
        if (_smiled * 2 > ended - since) return null;
        if (_rhythm.IsSpeech(at) && _peak < WiderThanSpeech) return null;
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
