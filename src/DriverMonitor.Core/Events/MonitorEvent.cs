using System.Collections.Immutable;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Events;

/// <summary>Something that happened and is worth a line. Times are since the start, on the input's clock.</summary>
public abstract record MonitorEvent(TimeSpan At)
{
    /// <summary>A closure of the eyes that has ended, named by how long it was. Exactly one for each closure.</summary>
    public sealed record Eyelids(TimeSpan At, ClosureKind Kind, TimeSpan StartedAt, TimeSpan Duration, bool Aborted)
        : MonitorEvent(At);

    /// <summary>A yawn that has ended; <paramref name="Weight"/> is 0.5 for one seen only in part behind a hand.</summary>
    public sealed record Yawn(TimeSpan At, TimeSpan StartedAt, TimeSpan Duration, double Weight = 1) : MonitorEvent(At);

    /// <summary>The head fell and was caught again, with the lids down.</summary>
    public sealed record Nod(TimeSpan At, TimeSpan StartedAt, TimeSpan Duration) : MonitorEvent(At);

    /// <summary>A finished glance off the road; the angles are those of its farthest moment.</summary>
    public sealed record LookAway(TimeSpan At, TimeSpan StartedAt, TimeSpan Duration, double YawDegrees, double PitchDegrees)
        : MonitorEvent(At);

    /// <summary>An alert was raised, rose, or ended; said while it is still true.</summary>
    /// <param name="Score">Of the state behind the rule at that moment, 0..1; null when it ended.</param>
    /// <param name="Confidence">0..1.</param>
    public sealed record Alert(
        TimeSpan At,
        AlertPhase Phase,
        AlertRule Rule,
        AlertLevel Level,
        ImmutableArray<Reason> Why,
        double? Score = null,
        double? Confidence = null
    ) : MonitorEvent(At)
    {
        /// <summary>What could not be taken into account, each reason once.</summary>
        public ImmutableArray<MissingReason> Limits { get; init; } = [];
    }

    /// <summary>
    /// The driver says that an alert was wrong: the rule's that was raised, or rose to this level, at
    /// <paramref name="RaisedAt"/>.
    /// </summary>
    public sealed record Dispute(TimeSpan At, AlertRule Rule, AlertLevel Level, TimeSpan RaisedAt) : MonitorEvent(At);

    /// <summary>A record of the heart has ended: its figures as a whole.</summary>
    public sealed record HeartTotal(TimeSpan At, HeartSummary Summary) : MonitorEvent(At);

    /// <summary>Something the driver or the operator must know about the monitor itself.</summary>
    public sealed record Status(TimeSpan At, StatusKind Kind, string? Detail = null) : MonitorEvent(At);
}

/// <summary>A closure by its length; limits in <c>EyeSettings</c>.</summary>
public enum ClosureKind { Blink, LongBlink, Microsleep, Sleep, Unresponsive }

/// <summary>Where an alert is in its life.</summary>
public enum AlertPhase { Raised, Escalated, Cleared }

/// <summary>One measured fact behind an alert: the value, and the limit it passed.</summary>
/// <param name="Cue">Stable key, for translation and for machines, such as <c>eyes_closed</c>.</param>
public readonly record struct Reason(string Cue, double Value, double? Limit, string Unit);
