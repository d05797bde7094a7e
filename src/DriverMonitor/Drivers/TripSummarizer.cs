using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Drivers;

/// <summary>
/// Sums a trip up while it goes on. Counts only what the driver allows, and drops what is withdrawn in its middle. Pure; a step
/// without an event allocates nothing.
/// </summary>
internal sealed class TripSummarizer
{
    private const int SlowestPulse = 25, FastestPulse = 240;

    /// <summary>Less is no rest that anybody measured.</summary>
    private const int SecondsForPulse = 120;

    private readonly List<(AlertRule Rule, TripAlert Alert)> _alerts = [];
    private readonly int[] _pulses = new int[FastestPulse + 1];
    private int _pulseCount, _alertCount, _microsleeps, _sleeps, _yawns, _perclosCount;
    private double _perclosSum;
    private string _id = "";
    private TimeSpan? _began;
    private (TimeSpan At, WallClock Clock)? _wall;

    /// <summary>What may be counted; nothing until somebody says so.</summary>
    public Modalities Allowed { get; private set; }

    /// <param name="began">Time since the start at which the trip begins.</param>
    public void Begin(TimeSpan began)
    {
        Reset();
        (_began, _id) = (began, Guid.NewGuid().ToString("N"));
    }

    public void Reset()
    {
        (_began, _id) = (null, "");
        ResetFace();
        ResetPulse();
    }

    /// <summary>True if something happened that should not wait to be kept.</summary>
    public bool Add(in Observation seen, in Outcome outcome)
    {
        if (seen.Wall is { } wall) _wall = (outcome.At, wall);
        var isNews = seen.Allowed is { } allowed && Allow(allowed);
        if (_began is null) return isNews;
        if (outcome.Scores is { } scores) Add(scores, outcome.Measures.Perclos);
        if (outcome.Events.IsDefaultOrEmpty) return isNews;
        foreach (var happened in outcome.Events) isNews |= Add(happened);
        return isNews;
    }

    /// <summary>The trip so far; null outside of one.</summary>
    /// <param name="duration">Without the standing at its end.</param>
    public DriverTrip? Summary(TimeSpan duration) => _began is not { } began ? null : new()
    {
        Id = _id,
        Began = _wall is { } wall ? wall.Clock.Local - (wall.At - began) : null,
        ClockTrusted = _wall is { Clock.Trusted: true },
        Seconds = Math.Round(duration.TotalSeconds),
        Alerts = [.. _alerts.Select(one => one.Alert)],
        AlertCount = _alertCount,
        Microsleeps = _microsleeps,
        Sleeps = _sleeps,
        Yawns = _yawns,
        Perclos = _perclosCount == 0 ? null : Math.Round(_perclosSum / _perclosCount, 4),
        RestingPulse = RestingPulse(),
    };

    private bool Allow(Modalities allowed)
    {
        if (allowed == Allowed) return false;
        Allowed = allowed;
        if ((allowed & Modalities.Camera) == 0) ResetFace();
        if ((allowed & Modalities.Heart) == 0) ResetPulse();
        _alertCount -= _alerts.RemoveAll(one => (AlertTable.ConsentOf(one.Rule) & ~allowed) != 0);
        return true;
    }

    private void ResetFace()
    {
        _alerts.Clear();
        (_alertCount, _microsleeps, _sleeps, _yawns, _perclosCount, _perclosSum) = (0, 0, 0, 0, 0, 0);
    }

    private void ResetPulse()
    {
        Array.Clear(_pulses);
        _pulseCount = 0;
    }

    private void Add(Scores scores, double? perclos)
    {
        if (perclos is { } share && (Allowed & Modalities.Camera) != 0)
            (_perclosCount, _perclosSum) = (_perclosCount + 1, _perclosSum + share);
        if ((Allowed & Modalities.Heart) == 0 || scores.Heart is not { Usable: true, BeatsPerMinute: { } pulse }) return;
        _pulses[(int)Math.Clamp(Math.Round(pulse), SlowestPulse, FastestPulse)]++;
        _pulseCount++;
    }

    private bool Add(MonitorEvent happened)
    {
        switch (happened)
        {
            case MonitorEvent.Alert { Phase: AlertPhase.Raised } alert:
                _alertCount++;
                if (_alerts.Count < DriverTrip.MostAlerts)
                    _alerts.Add((alert.Rule, new(SecondsInto(alert.At), AlertTable.NameOf(alert.Rule), (int)alert.Level)));
                return true;
            case MonitorEvent.Alert { Phase: AlertPhase.Escalated } alert:
                return Change(alert.Rule, one => one with { Level = Math.Max(one.Level, (int)alert.Level) });
            case MonitorEvent.Alert alert:
                return Change(alert.Rule, one => one with { Seconds = Math.Round(SecondsInto(alert.At) - one.At, 1) });
            case MonitorEvent.Dispute dispute:
                return Change(dispute.Rule, one => one with { Disputed = true }, SecondsInto(dispute.RaisedAt));
            case MonitorEvent.Eyelids { Kind: >= ClosureKind.Microsleep } lids:
                if (lids.Kind == ClosureKind.Microsleep) _microsleeps++;
                else _sleeps++;
                return true;
            case MonitorEvent.Yawn:
                _yawns++;
                return false;
            default:
                return false;
        }
    }

    /// <param name="until">The newest that was raised by then; null for the newest of all.</param>
    private bool Change(AlertRule rule, Func<TripAlert, TripAlert> change, double? until = null)
    {
        if (_alerts.FindLastIndex(one => one.Rule == rule && !(one.Alert.At > until)) is not (>= 0 and var i)) return false;
        _alerts[i] = (rule, change(_alerts[i].Alert));
        return true;
    }

    private double SecondsInto(TimeSpan at) => Math.Max(0, Math.Round((at - _began!.Value).TotalSeconds, 1));

    private double? RestingPulse()
    {
        if (_pulseCount < SecondsForPulse) return null;
        var left = _pulseCount / 10;
        for (var pulse = SlowestPulse; pulse <= FastestPulse; pulse++)
            if ((left -= _pulses[pulse]) < 0) return pulse;
        return null;
    }
}
