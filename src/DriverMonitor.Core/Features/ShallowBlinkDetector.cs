namespace DriverMonitor.Core.Features;

/// <summary>
/// Blinks of which no picture shows the depth: below 20 pictures a second a lid is seldom caught at its lowest. They are dips
/// below the last seconds' own median; of 30 blinks at 15 to 17 pictures a second such a rule finds 29, half amplitude 20. At 6
/// to 8 the second network's blink score finds 25 of 26 where the lids' distance finds 13: it may tell a dip that the lids only
/// hint at.
/// </summary>
public sealed class ShallowBlinkDetector(EyeSettings settings)
{
    private const double Down = 0.78, Up = 0.86;

    /// <summary>What the fused openness must show of a dip that the second network sees.</summary>
    private const double Hint = 0.93;

    /// <summary>Pictures nearer to each other than this catch every lid half way down.</summary>
    private static readonly TimeSpan Sparse = TimeSpan.FromSeconds(0.045);

    private static readonly TimeSpan Known = TimeSpan.FromSeconds(1);

    // A lid that comes up in two steps blinked once.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(0.3);

    private readonly LidSignal _both = new();
    private readonly LidSignal _second = new();
    private TimeSpan? _toldAt;
    private TimeSpan? _lastAt;
    private TimeSpan? _since;
    private bool _isTold;
    private bool _isOfSecond;

    /// <param name="openness">Of both eyes, 0..1.2.</param>
    /// <param name="second">What the second network alone says of it; null where it does not run.</param>
    /// <param name="told">A closure has just ended that others have told of.</param>
    /// <param name="underWay">A closure goes on that others will tell of.</param>
    /// <returns>The blink that this picture ended.</returns>
    public Closure? Update(TimeSpan at, double openness, double? second, bool told, bool underWay)
    {
        Closure? ended = null;
        if (told || underWay) _toldAt = at;
        if (_both.Covered >= Known && at - _lastAt >= Sparse)
        {
            _isTold |= at - _toldAt <= Settling;
            if (_since is null) Begin(at, openness, second);
            else if (IsUp(openness, second)) ended = End(at, openness, _since.Value);
            _both.Deepen(openness);
            _second.Deepen(second);
        }

        _both.Add(at, openness);
        _second.Add(at, second);
        _lastAt = at;
        return ended;
    }

    /// <summary>The eyes were not seen as they must be.</summary>
    public void UpdateMissing() => (_since, _lastAt) = (null, null);

    private void Begin(TimeSpan at, double openness, double? second)
    {
        var isPlain = _both.IsBelow(openness, Down);
        if (!isPlain && !(_second.IsBelow(second, Down) && _both.IsBelow(openness, Hint))) return;
        _since = isPlain ? Crossing(at, openness, Down) : Between(at);
        _isOfSecond = !isPlain;
        _isTold = at - _toldAt <= Settling;
        _both.Restart();
        _second.Restart();
    }

    private bool IsUp(double openness, double? second) =>
        !_both.IsBelow(openness, Up) && !(_isOfSecond && _second.IsBelow(second, Up));

    private Closure? End(TimeSpan at, double openness, TimeSpan since)
    {
        _since = null;
        var upAt = _isOfSecond ? Between(at) : Crossing(at, openness, Up);
        var standsOut = (_isOfSecond ? _second : _both).StandsOut;
        return standsOut && !_isTold && upAt > since && upAt - since < settings.LongestBlink
            ? new(since, upAt, TimeSpan.Zero, false) : null;
    }

    private TimeSpan Between(TimeSpan at) => _lastAt is { } last ? last + (at - last) / 2 : at;

    private TimeSpan Crossing(TimeSpan at, double openness, double share) =>
        _lastAt is { } last && _both.ShareUntil(openness, share) is { } passed ? last + (at - last) * passed : at;

    /// <summary>One measure of the lids against its own last three seconds.</summary>
    private sealed class LidSignal
    {
        /// <summary>A dip stands out of the signal's own jitter by so many medians of its steps.</summary>
        private const double OutOfNoise = 5;

        private readonly MedianWindow _usual = new(TimeSpan.FromSeconds(3));
        private readonly MedianWindow _steps = new(TimeSpan.FromSeconds(3));
        private double? _last;
        private double _deepest;

        public TimeSpan Covered => _usual.Covered;

        public bool StandsOut => _usual.Median - _deepest >= OutOfNoise * (_steps.Median ?? 0);

        public bool IsBelow(double? value, double share) => value < share * _usual.Median;

        public void Restart() => _deepest = double.MaxValue;

        public void Deepen(double? value) => _deepest = Math.Min(_deepest, value ?? double.MaxValue);

        public void Add(TimeSpan at, double? value)
        {
            if (value is { } now)
            {
                if (_last is { } last) _steps.Add(at, Math.Abs(now - last));
                _usual.Add(at, now);
            }

            _last = value;
        }

        /// <summary>How far between the last value and this one the level was passed, 0..1.</summary>
        public double? ShareUntil(double value, double share) =>
            _last is { } last && value != last && (share * _usual.Median - last) / (value - last) is >= 0 and <= 1 and var passed
                ? passed
                : null;
    }
}
