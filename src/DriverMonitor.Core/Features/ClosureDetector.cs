namespace DriverMonitor.Core.Features;

/// <summary>
/// Follows the lids down and up again. Crossings are interpolated between pictures, which brings blink durations to
/// 9 ms at 15 pictures a second (simulated); eyes lost while shut stay shut for a while, because a head that falls
/// forward hides them.
/// </summary>
public sealed class ClosureDetector(EyeSettings settings)
{
    // Pictures this far apart seldom show a blink twice: one that shows it counts, however short it makes the blink.
    private static readonly TimeSpan Sparse = TimeSpan.FromSeconds(0.055);

    private enum Lids { Open, Closing, Shut, Opening, Held }

    // Lids that hang half way for longer belong to no closure: they droop, and PERCLOS counts them.
    private static readonly TimeSpan LongestTravel = TimeSpan.FromSeconds(0.5);

    // Head and lids that go down together look down (a clip of somebody who searches beside the seat); a sleeper's lids go first.
    private static readonly TimeSpan LidsLead = TimeSpan.FromSeconds(0.5);

    private readonly LidFall _fall = new();
    private Lids _lids;
    private TimeSpan? _lastAt;
    private TimeSpan _spacing;
    private double _lastOpenness;
    private TimeSpan _downAt;
    private TimeSpan _shutAt;
    private TimeSpan _riseAt;
    private TimeSpan _shutBefore;
    private TimeSpan _fellIn;
    private bool _headDropped;
    private bool _isLowered;

    /// <summary>Whether lids are down now, or held to be.</summary>
    public bool IsUnderWay => _lids != Lids.Open;

    /// <summary>Whether the eyes are lost and held to be shut still.</summary>
    public bool IsHeld => _lids == Lids.Held;

    /// <summary>When the closure under way began.</summary>
    public TimeSpan StartedAt => _downAt;

    /// <summary>How long the lids took from half way down to shut in this closure; null while they are not shut.</summary>
    public TimeSpan? FellIn => _lids is Lids.Shut or Lids.Held or Lids.Opening ? _fellIn : null;

    /// <summary>How long the eyes have been shut in the closure under way; zero when there is none.</summary>
    public TimeSpan ShutFor(TimeSpan at) => _lids switch
    {
        Lids.Shut => _shutBefore + (at - _shutAt),
        Lids.Held => _shutBefore + ((at < HeldUntil ? at : HeldUntil) - _shutAt),
        Lids.Opening => _shutBefore,
        _ => TimeSpan.Zero,
    };

    /// <summary>The eyes were seen. Returns the closure that this ended.</summary>
    public Closure? Update(TimeSpan at, double openness)
    {
        _isLowered = false;
        return Follow(at, openness);
    }

    private Closure? Follow(TimeSpan at, double openness)
    {
        var ended = at - _lastAt > settings.UnseenPatience ? UpdateMissing(at, _headDropped) : null;
        if (_lids == Lids.Held && openness >= settings.NoLongerShut) ended = End(at, aborted: true);
        else if (_lids == Lids.Held) _lids = Lids.Shut;

        _spacing = at - _lastAt ?? TimeSpan.Zero;
        while (Move(at, openness, ref ended)) { }

        _fall.Update(at, openness);
        (_lastAt, _lastOpenness) = (at, openness);
        return ended;
    }

    /// <summary>The eyes were not seen at this time. Returns the closure that was given up.</summary>
    /// <param name="headDropped">The head was falling when they were lost.</param>
    public Closure? UpdateMissing(TimeSpan at, bool headDropped)
    {
        if (_lids == Lids.Open || !(at - _lastAt > settings.UnseenPatience)) return null;

        switch (_lids)
        {
            case Lids.Closing:
                _lids = Lids.Open;
                return null;
            case Lids.Opening when _lastAt - _riseAt > LongestTravel:
                return End(_riseAt, aborted: true);
            case Lids.Opening:
                (_lids, _shutAt) = (Lids.Held, _riseAt);
                break;
            case Lids.Shut:
                _lids = Lids.Held;
                break;
        }

        _headDropped |= headDropped;
        return at >= HeldUntil ? End(HeldUntil, aborted: true) : null;
    }

    /// <summary>
    /// The eyes were seen, but the driver looks down, which lowers the lids by itself. A closure that began before goes
    /// on while the lids are surely shut; none begins here, nor shortly before. Looking down for long is for the look-away
    /// rule to judge.
    /// </summary>
    public Closure? UpdateLowered(TimeSpan at, double openness)
    {
        var lidsLed = _lids is not (Lids.Open or Lids.Closing) && (_isLowered || at - _downAt >= LidsLead);
        _isLowered = lidsLed;
        if (!lidsLed)
        {
            (_lids, _lastAt) = (Lids.Open, null);
            return null;
        }

        var telling = openness <= 1 - settings.SurelyShut || openness >= settings.NoLongerShut;
        return telling ? Follow(at, openness) : UpdateMissing(at, headDropped: true);
    }

    /// <summary>Gives up what is under way, because time itself was interrupted.</summary>
    public Closure? Abort()
    {
        var ended = _lids is Lids.Shut or Lids.Opening or Lids.Held ? End(_lastAt ?? _shutAt, aborted: true) : (Closure?)null;
        (_lids, _lastAt) = (Lids.Open, null);
        _fall.Reset();
        return ended;
    }

    private TimeSpan HeldUntil =>
        (_lastAt ?? _shutAt) + (_headDropped ? settings.HeldShutHeadDropped : settings.HeldShut);

    /// <summary>One step of the lids; true when another may follow in the same picture.</summary>
    private bool Move(TimeSpan at, double openness, ref Closure? ended)
    {
        switch (_lids)
        {
            case Lids.Open when openness < settings.Half:
                (_lids, _downAt, _shutBefore, _headDropped) = (
                    Lids.Closing, Crossing(at, openness, settings.Half), TimeSpan.Zero, false);
                _fall.Begin(_downAt, _spacing);
                return true;

            case Lids.Closing when openness < settings.ShutBelow:
                (_lids, _shutAt) = (Lids.Shut, Crossing(at, openness, settings.ShutBelow));
                _fellIn = _shutAt - _downAt;
                if (_shutAt - _downAt > LongestTravel) _downAt = _shutAt - LongestTravel;
                return false;

            case Lids.Closing when openness >= settings.Half:
                _lids = Lids.Open;
                ended = Partial(Crossing(at, openness, settings.Half)) ?? ended;
                _fall.Reset();
                return false;

            case Lids.Shut when openness >= settings.NoLongerShut:
                (_lids, _riseAt) = (Lids.Opening, Crossing(at, openness, settings.NoLongerShut));
                _shutBefore += _riseAt - _shutAt;
                return true;

            case Lids.Opening when openness < settings.ShutBelow:
                (_lids, _shutAt) = (Lids.Shut, Crossing(at, openness, settings.ShutBelow));
                return false;

            case Lids.Opening when openness >= settings.Half:
                ended = End(Crossing(at, openness, settings.Half), aborted: false);
                return false;

            case Lids.Opening when at - _riseAt > LongestTravel:
                ended = End(_riseAt, aborted: false);
                return true;

            default:
                return false;
        }
    }

    private Closure? Partial(TimeSpan upAt)
    {
        var lasting = upAt - _downAt;
        return _fall.IsQuick && IsLongEnough(lasting) && lasting < settings.LongestBlink
            ? new(_downAt, upAt, TimeSpan.Zero, false) : null;
    }

    private Closure? End(TimeSpan upAt, bool aborted)
    {
        if (_lids is Lids.Shut or Lids.Held) _shutBefore += upAt - _shutAt;
        _lids = Lids.Open;
        return IsLongEnough(upAt - _downAt) ? new(_downAt, upAt, _shutBefore, aborted) : null;
    }

    // One picture alone has no length, and is no closure however sparse they are.
    private bool IsLongEnough(TimeSpan lasting) =>
        lasting >= settings.ShortestBlink || _spacing >= Sparse && lasting > TimeSpan.Zero;

    private TimeSpan Crossing(TimeSpan at, double openness, double level)
    {
        if (_lastAt is not { } last || at - last > settings.UnseenPatience || _lastOpenness == openness) return at;
        var share = (level - _lastOpenness) / (openness - _lastOpenness);
        return share is >= 0 and <= 1 ? last + (at - last) * share : at;
    }
}
