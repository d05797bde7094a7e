using System.Text.Json.Serialization;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Web;

/// <summary>What happened since the start, for the page's timeline; in memory alone, the oldest goes when it is full.</summary>
internal sealed class DayView
{
    private const int MostAlerts = 200;
    private const int MostHappenings = 400;
    private const int Minutes = 24 * 60;

    private readonly List<DayAlert> _alerts = new(MostAlerts);
    private readonly List<DayHappening> _happenings = new(MostHappenings);
    private readonly Queue<DayMinute> _minutes = new(Minutes);
    private DayMinute _minute;
    private int _lastId;

    public void Record(MonitorEvent happened)
    {
        switch (happened)
        {
            case MonitorEvent.Alert { Phase: AlertPhase.Raised } alert:
                Add(
                    _alerts,
                    MostAlerts,
                    new(
                        ++_lastId,
                        alert.At.TotalSeconds,
                        AlertTable.NameOf(alert.Rule),
                        AlertTable.StateOf(alert.Rule),
                        (int)alert.Level,
                        ReasonsOf(alert),
                        [.. alert.Limits.Select(EventNames.Of)])
                    {
                        RaisedAt = alert.At,
                    }
                );
                break;
            case MonitorEvent.Alert { Phase: AlertPhase.Escalated } alert:
                Change(alert.Rule, one => Rise(one, alert));
                break;
            case MonitorEvent.Alert alert:
                Change(alert.Rule, one => one with { EndedAt = alert.At.TotalSeconds });
                break;
            case MonitorEvent.Dispute dispute:
                Change(dispute.Rule, one => one with { Disputed = true, CanDispute = false }, dispute.RaisedAt);
                break;
            case MonitorEvent.Eyelids { Kind: >= ClosureKind.Microsleep } or MonitorEvent.Yawn or MonitorEvent.Nod:
                Add(_happenings, MostHappenings, new(happened.At.TotalSeconds, EventNames.KindOf(happened), null));
                break;
            case MonitorEvent.Status status:
                // Another person's alerts, or those of a clock that is gone, are nobody's to dispute.
                if (status.Kind is StatusKind.DriverChanged or StatusKind.TimeJump) Close();
                Add(_happenings, MostHappenings, new(status.At.TotalSeconds, EventNames.Of(status.Kind), status.Detail));
                break;
        }
    }

    /// <summary>The alert that the page shows under this number; null if it can no longer be disputed.</summary>
    public AlertName? Disputable(int id) =>
        _alerts.Find(one => one.Id == id) is { CanDispute: true } alert ? new(alert.Rule, alert.RaisedAt) : null;

    /// <summary>Keeps the worst of each minute.</summary>
    public void Record(TimeSpan at, in FourScores scores)
    {
        var minute = (int)at.TotalMinutes;
        if (minute != _minute.Minute)
        {
            if (_minutes.Count == Minutes) _minutes.Dequeue();
            _minutes.Enqueue(_minute);
            _minute = new(minute, null, null, null, null);
        }

        _minute = new(
            minute,
            Worst(_minute.Fatigue, FourScores.Known(scores.Fatigue)),
            Worst(_minute.Stress, FourScores.Known(scores.Stress)),
            Worst(_minute.Anger, FourScores.Known(scores.Anger)),
            Worst(_minute.Distraction, FourScores.Known(scores.Distraction)));
    }

    /// <param name="began">The time of day of second zero; null while nobody knows it.</param>
    public DayReport Report(DateTimeOffset? began, double now) =>
        new(began, now, [.. _alerts], [.. _happenings], [.. _minutes, _minute]);

    private static float? Worst(float? before, double? now) =>
        now is not { } p ? before
        : before is { } b ? Math.Max(b, (float)p)
        : (float)p;

    private static void Add<T>(List<T> list, int most, T one)
    {
        if (list.Count == most) list.RemoveAt(0);
        list.Add(one);
    }

    public static DayReason[] ReasonsOf(MonitorEvent.Alert alert) =>
        [.. alert.Why.Select(why => new DayReason(why.Cue, why.Value, why.Limit, why.Unit))];

    /// <summary>It is told by why it rose last; an escalation that gives no reasons keeps those before.</summary>
    private static DayAlert Rise(DayAlert one, MonitorEvent.Alert alert) => one with
    {
        Level = Math.Max(one.Level, (int)alert.Level),
        Why = alert.Why.IsDefaultOrEmpty ? one.Why : ReasonsOf(alert),
    };

    /// <param name="until">The newest that was raised by then; null for the newest of all.</param>
    private void Change(AlertRule rule, Func<DayAlert, DayAlert> change, TimeSpan? until = null)
    {
        var name = AlertTable.NameOf(rule);
        if (_alerts.FindLastIndex(one => one.Rule == name && !(one.RaisedAt > until)) is var i and >= 0)
            _alerts[i] = change(_alerts[i]);
    }

    private void Close()
    {
        for (var i = 0; i < _alerts.Count; i++) _alerts[i] = _alerts[i] with { CanDispute = false };
    }
}

/// <summary>The timeline; times in seconds since the start.</summary>
internal sealed record DayReport(
    DateTimeOffset? Began,
    double Now,
    IReadOnlyList<DayAlert> Alerts,
    IReadOnlyList<DayHappening> Happenings,
    IReadOnlyList<DayMinute> Minutes);

internal sealed record DayAlert(
    int Id,
    double At,
    string Rule,
    string State,
    int Level,
    IReadOnlyList<DayReason> Why,
    IReadOnlyList<string> Limits,
    double? EndedAt = null,
    bool Disputed = false)
{
    /// <summary>Once, by the driver who was warned.</summary>
    public bool CanDispute { get; init; } = true;

    [JsonIgnore] public TimeSpan RaisedAt { get; init; }
}

internal sealed record DayReason(string Cue, double Value, double? Limit, string Unit);

internal sealed record DayHappening(double At, string Kind, string? Detail);

internal readonly record struct DayMinute(int Minute, float? Fatigue, float? Stress, float? Anger, float? Distraction);
