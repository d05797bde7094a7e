using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Wire;
using DriverMonitor.Drivers;

namespace DriverMonitor.Mqtt;

/// <summary>
/// Counts what a trip amounts to, which begins and ends as <see cref="TripBounds"/> says, or ends when the monitor stops.
/// </summary>
internal sealed class TripLog(WireIdentity who)
{
    private readonly SortedDictionary<string, int> _alerts = new(StringComparer.Ordinal);
    private readonly TripBounds _bounds = new();
    private int _number;
    private int _seconds;
    private int _heart;
    private int _fatigue;
    private int _distraction;

    /// <summary>
    /// The number of the trip that goes on; null outside of one. A trip too short to tell of leaves out a number.
    /// </summary>
    public int? Current => _bounds.Began is null ? null : _number;

    /// <summary>The trip that has ended just now, mostly null.</summary>
    public WireTrip? Step(in Observation seen, in Outcome outcome)
    {
        if (_bounds.Update(seen, outcome.At)) _number++;
        if (_bounds.Began is null) return null;
        if (outcome.Scores is { } scores) Count(scores);
        if (!outcome.Events.IsDefaultOrEmpty) Count(outcome.Events.AsSpan());
        return _bounds.IsOver(outcome.At) ? End(isParked: true) : null;
    }

    /// <summary>The monitor stops: the trip that goes on, if any, ends here.</summary>
    public WireTrip? Stop() => _bounds.Began is null ? null : End(isParked: false);

    private void Count(Scores scores)
    {
        _seconds++;
        if (scores.Heart is not null) _heart++;
        if (IsJudged(scores.Fatigue)) _fatigue++;
        if (IsJudged(scores.Distraction)) _distraction++;
    }

    private static bool IsJudged(in StateScore score) => score.Level != StateLevel.Unknown && score.Confidence > 0;

    private void Count(ReadOnlySpan<MonitorEvent> events)
    {
        foreach (var happened in events)
        {
            if (happened is not MonitorEvent.Alert { Phase: AlertPhase.Raised } alert) continue;
            var kind = WireEvent.KindOf(who, alert.Rule);
            _alerts[kind] = _alerts.GetValueOrDefault(kind) + 1;
        }
    }

    private WireTrip? End(bool isParked)
    {
        var duration = _bounds.Duration;
        var all = Math.Max(_seconds, 1);
        var trip = duration < TripBounds.Shortest ? null : new WireTrip(
            _number, _bounds.MovedAt, duration, isParked, [.. _alerts],
            [new("fatigue", (double)_fatigue / all), new("distraction", (double)_distraction / all)], (double)_heart / all);
        _bounds.Reset();
        _alerts.Clear();
        _seconds = _heart = _fatigue = _distraction = 0;
        return trip;
    }
}
