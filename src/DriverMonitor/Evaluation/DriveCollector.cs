using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Evaluation;

/// <summary>Keeps of a judged drive what is compared with its labels.</summary>
internal sealed class DriveCollector : IEventSink
{
    private readonly Dictionary<LabelClass, List<TimeRange>> _found = [];
    private readonly Dictionary<AlertRule, TimeSpan> _phones = [];

    /// <summary>When each picture was.</summary>
    public List<TimeSpan> Pictures { get; } = [];

    /// <summary>How shut the eyes were in each picture, 0..1; NaN where it was not known.</summary>
    public List<float> Closures { get; } = [];

    /// <summary>Pictures with the driver's face.</summary>
    public int Faces { get; private set; }

    public List<MonitorEvent.Alert> Alerts { get; } = [];

    /// <summary>Every second's scores, those that were judged.</summary>
    public List<SecondScores> Seconds { get; } = [];

    public HeartSummary? Heart { get; private set; }

    public TimeSpan Until { get; private set; }

    public IReadOnlyList<TimeRange> FoundOf(LabelClass label) =>
        [.. _found.GetValueOrDefault(label, []).OrderBy(range => range.From)];

    public void Emit(in Observation seen, in Outcome outcome)
    {
        Until = outcome.At > Until ? outcome.At : Until;
        if (seen.Face is { } face && face.Sight is not (Sight.NoFrame or Sight.Asleep))
        {
            Pictures.Add(seen.At);
            Closures.Add((float)(face.Sight == Sight.Driver ? outcome.Measures.Closure ?? double.NaN : double.NaN));
            if (face.Sight == Sight.Driver) Faces++;
        }

        if (!outcome.Events.IsDefault)
            foreach (var happened in outcome.Events) Add(happened);
        if (outcome.Scores is { } second) Seconds.Add(SecondScores.Of(second));
    }

    private void Add(MonitorEvent happened)
    {
        switch (happened)
        {
            case MonitorEvent.Eyelids e: Add(LabelClass.Closure, e.StartedAt, e.Duration); break;
            case MonitorEvent.Yawn e: Add(LabelClass.Yawn, e.StartedAt, e.Duration); break;
            case MonitorEvent.Nod e: Add(LabelClass.Nod, e.StartedAt, e.Duration); break;
            case MonitorEvent.LookAway e: Add(LabelClass.LookAway, e.StartedAt, e.Duration); break;
            case MonitorEvent.Alert e: AddAlert(e); break;
            case MonitorEvent.HeartTotal e: Heart = e.Summary; break;
            default: break;
        }
    }

    /// <summary>A phone is no event of its own: while its alert stands, one was seen.</summary>
    private void AddAlert(MonitorEvent.Alert alert)
    {
        if (alert.Phase != AlertPhase.Cleared) Alerts.Add(alert);
        if (AlertCauses.Of(AlertTable.NameOf(alert.Rule), AlertTable.StateOf(alert.Rule))?.Classes[0] != LabelClass.Phone) return;
        if (alert.Phase == AlertPhase.Raised) _phones[alert.Rule] = alert.At;
        else if (alert.Phase == AlertPhase.Cleared && _phones.Remove(alert.Rule, out var from))
            Add(LabelClass.Phone, from, alert.At - from);
    }

    private void Add(LabelClass label, TimeSpan from, TimeSpan lasting)
    {
        if (!_found.TryGetValue(label, out var list)) _found[label] = list = [];
        list.Add(new(from, from + lasting));
    }
}

/// <summary>Scores of one second that can be compared with a state; NaN where nothing was judged.</summary>
internal readonly record struct SecondScores(
    TimeSpan At, float Fatigue, float Stress, float Anger, float Distraction, MixedState Mixed)
{
    public static SecondScores Of(Scores second) => new(
        second.At, Known(second.Fatigue), Known(second.Stress), Known(second.Anger), Known(second.Distraction), second.Mixed);

    private static float Known(in StateScore score) => score.Level == StateLevel.Unknown ? float.NaN : (float)score.P;
}
