namespace DriverMonitor.Core.Features;

/// <summary>
/// Blinks of which no picture shows the depth: below 20 pictures a second a lid is seldom caught at its lowest. They are dips
/// below the last seconds' own median; of 30 blinks at 15 to 17 pictures a second such a rule finds 29, half amplitude 20.
/// </summary>
public sealed class ShallowBlinkDetector(EyeSettings settings)
{
    private const double Down = 0.78, Up = 0.86;

    /// <summary>Pictures nearer to each other than this catch every lid half way down.</summary>
    private static readonly TimeSpan Sparse = TimeSpan.FromSeconds(0.045);

    private static readonly TimeSpan Known = TimeSpan.FromSeconds(1);

    // A lid that comes up in two steps blinked once.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(0.3);

    /// <summary>A dip stands out of the signal's own jitter by so many medians of its steps.</summary>
    private const double OutOfNoise = 5;

    private readonly MedianWindow _usual = new(TimeSpan.FromSeconds(3));
    private readonly MedianWindow _steps = new(TimeSpan.FromSeconds(3));
    private TimeSpan? _toldAt;
    private TimeSpan? _lastAt;
    private double _last;
    private TimeSpan? _since;
    private double _deepest;
    private bool _isTold;

    /// <param name="openness">Of both eyes, 0..1.2.</param>
    /// <param name="told">A closure has just ended that others have told of.</param>
    /// <param name="underWay">A closure goes on that others will tell of.</param>
    /// <returns>The blink that this picture ended.</returns>
    public Closure? Update(TimeSpan at, double openness, bool told, bool underWay)
    {
        Closure? ended = null;
        if (told || underWay) _toldAt = at;
        if (_usual.Median is { } usual && _usual.Covered >= Known && at - _lastAt >= Sparse)
        {
            _isTold |= at - _toldAt <= Settling;
            if (_since is null && openness < Down * usual) Begin(at, openness, usual);
            else if (_since is { } since && openness >= Up * usual) ended = End(at, openness, usual, since);
            _deepest = Math.Min(_deepest, openness);
        }

        if (_lastAt is not null) _steps.Add(at, Math.Abs(openness - _last));
        _usual.Add(at, openness);
        (_lastAt, _last) = (at, openness);
        return ended;
    }

    /// <summary>The eyes were not seen as they must be.</summary>
    public void UpdateMissing() => (_since, _lastAt) = (null, null);

    private void Begin(TimeSpan at, double openness, double usual) =>
        (_since, _deepest, _isTold) = (Crossing(at, openness, Down * usual), openness, at - _toldAt <= Settling);

    private Closure? End(TimeSpan at, double openness, double usual, TimeSpan since)
    {
        _since = null;
        var upAt = Crossing(at, openness, Up * usual);
        var isDip = usual - _deepest >= OutOfNoise * (_steps.Median ?? 0);
        return isDip && !_isTold && upAt > since && upAt - since < settings.LongestBlink
            ? new(since, upAt, TimeSpan.Zero, false) : null;
    }

    private TimeSpan Crossing(TimeSpan at, double openness, double level) =>
        _lastAt is { } last && openness != _last && (level - _last) / (openness - _last) is >= 0 and <= 1 and var share
            ? last + (at - last) * share : at;
}
