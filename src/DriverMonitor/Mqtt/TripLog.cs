using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Wire;

namespace DriverMonitor.Mqtt;

/// <summary>
/// Counts what a trip amounts to. It begins when the vehicle moves (where the speed is unknown: when a driver is seen) and ends
/// when it has stood for a quarter of an hour, as a break does, or when the monitor stops.
/// </summary>
internal sealed class TripLog(WireIdentity who)
{
    private static readonly TimeSpan ParkedAfter = TimeSpan.FromMinutes(15);

    /// <summary>Moving the vehicle in a yard is no trip.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    private readonly SortedDictionary<string, int> _alerts = new(StringComparer.Ordinal);
    private TimeSpan? _began;
    private TimeSpan _movedAt;
    private int _number;
    private int _seconds;
    private int _heart;
    private int _fatigue;
    private int _distraction;

    /// <summary>
    /// The number of the trip that goes on; null outside of one. A trip too short to tell of leaves out a number.
    /// </summary>
    public int? Current => _began is null ? null : _number;

    /// <summary>The trip that has ended just now, mostly null.</summary>
    public WireTrip? Step(in Observation seen, in Outcome outcome)
    {
        if (IsDriving(seen))
        {
            if (_began is null) Begin(outcome.At);
            _movedAt = outcome.At;
        }

        if (_began is null) return null;
        if (outcome.Scores is { } scores) Count(scores);
        if (!outcome.Events.IsDefaultOrEmpty) Count(outcome.Events.AsSpan());
        return outcome.At - _movedAt >= ParkedAfter ? End(isParked: true) : null;
    }

    /// <summary>The monitor stops: the trip that goes on, if any, ends here.</summary>
    public WireTrip? Stop() => _began is null ? null : End(isParked: false);

    private static bool IsDriving(in Observation seen) => seen.Vehicle is { SpeedKmh: { } speed }
        ? speed > 0
        : seen.Face is { Sight: Sight.Driver };

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

    private void Begin(TimeSpan at)
    {
        _began = at;
        _number++;
    }

    private WireTrip? End(bool isParked)
    {
        var duration = _movedAt - _began!.Value;
        var all = Math.Max(_seconds, 1);
        var trip = duration < Shortest ? null : new WireTrip(_number, _movedAt, duration, isParked, [.. _alerts],
            [new("fatigue", (double)_fatigue / all), new("distraction", (double)_distraction / all)], (double)_heart / all);
        _began = null;
        _alerts.Clear();
        _seconds = _heart = _fatigue = _distraction = 0;
        return trip;
    }
}
