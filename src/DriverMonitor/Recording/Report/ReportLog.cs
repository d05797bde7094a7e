using DriverMonitor.Core;
using DriverMonitor.Core.Assessment;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Host;

namespace DriverMonitor.Recording.Report;

/// <summary>Collects what a report shows of a drive: figures once a second, and every event but blinks.</summary>
internal sealed class ReportLog : IEventSink
{
    public List<Second> Seconds { get; } = [];
    public List<MonitorEvent> Events { get; } = [];
    public long Blinks { get; private set; }
    public long Pictures { get; private set; }
    public long Faces { get; private set; }
    public WallClock? Began { get; private set; }
    public TimeSpan From { get; private set; } = TimeSpan.MaxValue;
    public TimeSpan Until { get; private set; }

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (outcome.At < From) From = outcome.At;
        if (outcome.At > Until) Until = outcome.At;
        if (seen.Wall is { } wall && Began is not { Trusted: true }) Began = wall with { Local = wall.Local - outcome.At };
        if (seen.Face is { Sight: not Sight.NoFrame } face)
        {
            Pictures++;
            if (face.Sight == Sight.Driver) Faces++;
        }

        foreach (var happened in outcome.Events)
        {
            if (happened is MonitorEvent.Eyelids { Kind: ClosureKind.Blink }) Blinks++;
            else Events.Add(happened);
        }

        if (outcome.Scores is { } scores)
            Seconds.Add(new(
                scores.At, scores.Fatigue, scores.Stress, scores.Anger, scores.Distraction, outcome.Measures.Perclos,
                scores.Heart?.BeatsPerMinute, scores.Heart is { Usable: true } heart ? heart.RmssdMs : null));
    }
}

/// <summary>What one second amounted to.</summary>
internal readonly record struct Second(
    TimeSpan At, StateScore Fatigue, StateScore Stress, StateScore Anger, StateScore Distraction, double? Perclos, double? Pulse, double? Rmssd);
