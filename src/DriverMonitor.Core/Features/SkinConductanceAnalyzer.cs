using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>What the skin said in the last minute; null where it cannot be said.</summary>
/// <param name="Tonic">Median skin conductance, microsiemens.</param>
/// <param name="ResponsesPerMinute">Rises of 0.05 µS and more, as sweat glands answer; null where readings come too seldom to
/// show them.</param>
/// <param name="Seen">Share of the minute with readings, 0..1.</param>
/// <param name="Silence">Since the last good reading; null before the first.</param>
public readonly record struct SkinFeatures(double? Tonic, double? ResponsesPerMinute, double Seen, TimeSpan? Silence);

/// <summary>
/// Skin conductance over a minute: its level, and how often it answers. A step that no skin makes is a contact that slipped; what
/// comes after it is a new series, and no response spans the two. Allocates nothing after construction.
/// </summary>
public sealed class SkinConductanceAnalyzer(SkinSettings settings)
{
    private const int Seconds = 60;
    private const double LeastSeen = 0.5;

    private readonly (long Second, double Sum, int Count)[] _means = new (long, double, int)[Seconds];
    private readonly double[] _sorted = new double[Seconds];
    private readonly EventCounter _responses = new(TimeSpan.FromSeconds(Seconds));
    private string? _device;
    private (TimeSpan At, double Value)? _last;
    private TimeSpan? _goodAt;
    private double _trough;
    private double _peak;
    private bool _isRising;

    /// <summary>Takes a reading by its own time. A late one joins its second and cannot be a response any more.</summary>
    public void Add(TimeSpan at, in SkinReading reading)
    {
        if (reading.ConductanceMicrosiemens is not { } value || !(value >= settings.Least && value <= settings.Most)) return;
        if (_device is not null && _device != reading.DeviceId) _last = null;
        _device = reading.DeviceId;
        if (_last is { } before && at <= before.At)
        {
            Average(at, value);
            return;
        }

        var slipped = _last is { } last && Math.Abs(value - last.Value) > StepAllowed(at - last.At);
        if (slipped || !(at - _last?.At <= settings.SeriesPatience)) Begin(value);
        else Follow(at, value);
        _last = (at, value);
        if (slipped) return;
        _goodAt = at;
        Average(at, value);
    }

    /// <summary>The minute before <paramref name="at"/>.</summary>
    public SkinFeatures Step(TimeSpan at)
    {
        var (newest, found, readings) = (WholeUnits.Second(at), 0, 0);
        foreach (var (second, sum, count) in _means)
        {
            if (count == 0 || newest - second is < 0 or >= Seconds) continue;
            _sorted[found++] = sum / count;
            readings += count;
        }

        var (responses, seen) = (_responses.Sum(at), (double)found / Seconds);
        if (seen < LeastSeen) return new(null, null, seen, at - _goodAt);
        var sorted = _sorted.AsSpan(0, found);
        sorted.Sort();
        var tonic = (sorted[found / 2] + sorted[(found - 1) / 2]) / 2;
        return new(tonic, readings >= settings.ResponsesFromHz * found ? responses / seen : null, seen, at - _goodAt);
    }

    private double StepAllowed(TimeSpan passed) => settings.LargestStep * Math.Max(1, passed / settings.StepWithin);

    private void Average(TimeSpan at, double value)
    {
        var second = WholeUnits.Second(at);
        ref var mean = ref _means[WholeUnits.Place(second, Seconds)];
        if (mean.Count > 0 && mean.Second > second) return;
        mean = mean.Count > 0 && mean.Second == second ? (second, mean.Sum + value, mean.Count + 1) : (second, value, 1);
    }

    private void Begin(double value) => (_trough, _peak, _isRising) = (value, value, false);

    /// <summary>
    /// A response is told once, where it has risen far enough; the next begins after it has fallen by half of that.
    /// </summary>
    private void Follow(TimeSpan at, double value)
    {
        if (_isRising)
        {
            _peak = Math.Max(_peak, value);
            if (_peak - value >= settings.Response / 2) (_isRising, _trough) = (false, value);
            return;
        }

        _trough = Math.Min(_trough, value);
        if (value - _trough < settings.Response) return;
        (_isRising, _peak) = (true, value);
        _responses.Add(at);
    }
}
