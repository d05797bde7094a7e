using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Web;

/// <summary>
/// Keeps the newest second and the day's timeline for who looks. While nobody does, a step copies a few numbers and
/// allocates nothing.
/// </summary>
internal sealed class PageSink : IEventSink
{
    private readonly Lock _gate = new();
    private readonly DayView _day = new();
    private readonly SortedSet<string> _lacking = new(StringComparer.Ordinal);
    private TimeSpan _at;
    private (TimeSpan At, WallClock Clock)? _wall;
    private readonly HashSet<StatusKind> _lackingKinds = [];
    private readonly Dictionary<AlertRule, (double Since, DayReason[] Why)> _reasons = [];
    private StandingAlert _alert = StandingAlert.None;
    private Sight _sight = Sight.NoFrame;
    private double? _speed;
    private HeartFeatures? _heart;
    private FourScores? _four;
    private PageScores? _shown;
    private int _viewers;

    /// <summary>Changes with everything a viewer should hear of.</summary>
    public long Version { get; private set; }

    public void Emit(in Observation seen, in Outcome outcome)
    {
        lock (_gate)
        {
            _at = outcome.At;
            if (seen.Wall is { } wall) _wall = (outcome.At, wall);
            if (seen.Face is { } face) _sight = face.Sight;
            if (seen.Vehicle is { } vehicle) _speed = vehicle.SpeedKmh;
            if (outcome.Alert != _alert) (_alert, Version) = (outcome.Alert, Version + 1);
            if (seen.Allowed is { } allowed) RemoveWithdrawn(allowed);
            if (outcome.Scores is { } scores) Take(scores);
            if (outcome.Events.IsDefaultOrEmpty) return;
            foreach (var happened in outcome.Events) Take(happened);
            Version++;
        }
    }

    /// <summary>Counts one more viewer until it is disposed.</summary>
    public IDisposable Watch()
    {
        Interlocked.Increment(ref _viewers);
        return new Leaving(this);
    }

    public NowView Now(IReadOnlyList<string> allowed, bool aiming)
    {
        lock (_gate)
        {
            return new(
                _at.TotalSeconds,
                Began + _at,
                PageGlance.Of(Glance.Of(_alert, _sight, _lackingKinds, allowed.Contains("camera"), _four is not null)),
                _alert.Level == AlertLevel.None ? null : Standing(),
                _shown,
                _heart is { } heart ? new(heart.BeatsPerMinute, EventNames.Of(heart.Reason)) : null,
                _speed,
                SightName(_sight),
                [.. _lacking],
                allowed,
                aiming);
        }
    }

    public DayReport Day()
    {
        lock (_gate) return _day.Report(Began, _at.TotalSeconds);
    }

    /// <summary>The alert that the timeline shows under this number; null if it can no longer be disputed.</summary>
    public AlertName? Disputable(int id)
    {
        lock (_gate) return _day.Disputable(id);
    }

    /// <summary>The last second's scores; null before the first.</summary>
    public FourScores? Scores
    {
        get
        {
            lock (_gate) return _four;
        }
    }

    /// <summary>As the vehicle said last; null while it does not know.</summary>
    public double? SpeedKmh
    {
        get
        {
            lock (_gate) return _speed;
        }
    }

    public bool HasSeenPicture { get; private set; }

    /// <summary>Which of the senses fail, by the names of their statuses.</summary>
    public IReadOnlyList<string> Lacking
    {
        get
        {
            lock (_gate) return [.. _lacking];
        }
    }

    private DateTimeOffset? Began => _wall is { } wall ? wall.Clock.Local - wall.At : null;

    /// <summary>What was judged of a sense that is withdrawn must not be told once more: unknown until the next second.</summary>
    private void RemoveWithdrawn(Modalities allowed)
    {
        (_four, _shown, Version) = (null, null, Version + 1);
        if ((allowed & Modalities.Heart) == 0) _heart = null;
        if ((allowed & Modalities.Camera) == 0) _sight = Sight.Asleep;
    }

    private void Take(Scores scores)
    {
        _heart = scores.Heart;
        var four = FourScores.Of(scores);
        _four = four;
        _day.Record(scores.At, four);
        _shown = Volatile.Read(ref _viewers) > 0 ? PageScores.Of(scores) : null;
        HasSeenPicture |= _sight != Sight.NoFrame;
        Version++;
    }

    private void Take(MonitorEvent happened)
    {
        _day.Record(happened);
        if (happened is MonitorEvent.Alert alert) Take(alert);
        if (happened is not MonitorEvent.Status status) return;
        if (status is { Kind: StatusKind.Recovered, Detail: { } what })
        {
            _lacking.Remove(what);
            if (StatusFacts.Named(what) is { } gone) _lackingKinds.Remove(gone.Kind);
        }
        else if (StatusFacts.Of(status.Kind) is { Lasts: true } fact)
        {
            _lacking.Add(fact.Name);
            _lackingKinds.Add(fact.Kind);
        }
    }

    private void Take(MonitorEvent.Alert alert)
    {
        if (alert.Phase == AlertPhase.Cleared)
        {
            _reasons.Remove(alert.Rule);
            return;
        }

        var since = _reasons.TryGetValue(alert.Rule, out var before) ? before.Since : alert.At.TotalSeconds;
        _reasons[alert.Rule] = (since, alert.Why.IsDefaultOrEmpty && before.Why is { } known ? known : DayView.ReasonsOf(alert));
    }

    private PageAlert Standing()
    {
        (double Since, DayReason[] Why)? reasons = _reasons.TryGetValue(_alert.Rule, out var known) ? known : null;
        return new(
            AlertTable.NameOf(_alert.Rule), AlertTable.StateOf(_alert.Rule), (int)_alert.Level, _alert.IsSilenced,
            reasons?.Since, reasons?.Why ?? []);
    }

    private static string SightName(Sight sight) => sight switch
    {
        Sight.Driver => "driver",
        Sight.NoFace => "no_face",
        Sight.Ambiguous => "ambiguous",
        Sight.Asleep => "asleep",
        _ => "no_picture",
    };

    private sealed class Leaving(PageSink sink) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref sink._viewers);
    }
}
