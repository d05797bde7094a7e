using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Recording.Report;

/// <summary>Collects what explains an alert of the eyes or the head: the moments around it, ten a second. Pure.</summary>
internal sealed class CloseupLog
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100), Before = TimeSpan.FromSeconds(8),
        After = TimeSpan.FromSeconds(4), Longest = TimeSpan.FromSeconds(60);

    /// <summary>Of glances the last half minute counts.</summary>
    private static readonly TimeSpan BeforeGlances = TimeSpan.FromSeconds(32);

    private readonly Queue<FaceMoment> _recent = new();
    private readonly List<Closeup> _open = [];
    private TimeSpan? _last;

    public List<Closeup> All { get; } = [];

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (seen.Face is { } face && !(seen.At < _last + Pace)) Add(seen.At, face, outcome);
        foreach (var happened in outcome.Events)
            if (happened is MonitorEvent.Alert alert) Handle(alert);
    }

    private void Add(TimeSpan at, in FaceReading face, in Outcome outcome)
    {
        _last = at;
        var head = face.Sight == Sight.Driver ? face.Head : null;
        var moment = new FaceMoment(at, 1 - outcome.Measures.Closure, head?.YawDegrees, head?.PitchDegrees);
        _recent.Enqueue(moment);
        while (at - _recent.Peek().At > BeforeGlances) _recent.Dequeue();
        foreach (var closeup in _open) closeup.Moments.Add(moment);
        _open.RemoveAll(closeup => at >= closeup.Until || at - closeup.Raised >= Longest);
    }

    private void Handle(MonitorEvent.Alert alert)
    {
        if (!IsExplained(alert.Rule)) return;
        if (alert.Phase == AlertPhase.Cleared)
        {
            foreach (var closeup in _open.Where(one => one.Rule == alert.Rule)) closeup.Until = alert.At + After;
        }
        else if (alert.Phase == AlertPhase.Raised)
        {
            var from = alert.At - (alert.Rule == AlertRule.ManyLookAways ? BeforeGlances : Before);
            _open.Add(new(alert.Rule, alert.At, _recent.Where(moment => moment.At >= from)));
            All.Add(_open[^1]);
        }
    }

    /// <summary>The others are explained by their scores.</summary>
    private static bool IsExplained(AlertRule rule) =>
        rule is AlertRule.EyesClosed or AlertRule.LongLookAway or AlertRule.ManyLookAways or AlertRule.Phone
            or AlertRule.Daydream;
}
