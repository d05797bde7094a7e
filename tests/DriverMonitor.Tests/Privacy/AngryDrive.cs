using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Tests.Privacy;

/// <summary>A few seconds full of what must not get about, with figures that are found again in any bytes.</summary>
internal static class AngryDrive
{
    public const double Anger = 0.8842, Stress = 0.7731, Fatigue = 0.4143;
    public const int Pulse = 93;

    /// <summary>What no reader may find who may not be told of emotions.</summary>
    public static readonly string[] EmotionWords =
    [
        "anger",
        "angry",
        "stress",
        "strained",
        "agitated",
        "brow_lower",
        "0.884",
        "88.4",
        "0.773",
        "77.3",
    ];

    public static void Report(IEventSink sink)
    {
        var expression = new Expression(0.1f, 0, 0, 0.9f, 0, 0, 0);
        for (var second = 1; second <= 3; second++)
        {
            var at = TimeSpan.FromSeconds(second);
            var seen = new Observation(
                at,
                new FaceReading
                {
                    Sight = Sight.Driver,
                    Presence = 0.9,
                    Expression = expression,
                },
                new HeartPacket("strap", Pulse, StrapContact.Detected, [640]),
                new VehicleReading(80, Position: new(48.1371, 11.5754)));
            sink.Emit(
                seen,
                new Outcome(
                    at, default, new(AlertLevel.Notice, AlertRule.Anger), second == 2 ? [.. Happened(at)] : [], Second(at)));
        }
    }

    private static IEnumerable<MonitorEvent> Happened(TimeSpan at)
    {
        Reason[] why = [new("brow_lower", 0.61, 0.4, "1")];
        yield return new MonitorEvent.Status(at, StatusKind.ModalitiesChanged, "camera,heart,stress,anger");
        yield return new MonitorEvent.Status(at, StatusKind.IrregularRhythm);
        yield return new MonitorEvent.Alert(
            at,
            AlertPhase.Raised,
            AlertRule.EyesClosed,
            AlertLevel.Alarm,
            [new("eyes_closed", 2.1, 2, "s")],
            Fatigue,
            0.9);
        yield return new MonitorEvent.Alert(at, AlertPhase.Raised, AlertRule.Anger, AlertLevel.Notice, [.. why], Anger, 0.9);
        yield return new MonitorEvent.Alert(at, AlertPhase.Raised, AlertRule.Stress, AlertLevel.Notice, [.. why], Stress, 0.9);
        yield return new MonitorEvent.Dispute(at, AlertRule.Anger, AlertLevel.Notice, at);
        yield return new MonitorEvent.Alert(at, AlertPhase.Cleared, AlertRule.Stress, AlertLevel.None, []);
    }

    private static Scores Second(TimeSpan at)
    {
        var scores = new Scores();
        Set(nameof(Scores.At), at);
        Set(nameof(Scores.Heart), new HeartFeatures { BeatsPerMinute = Pulse });
        Set(nameof(Scores.Fatigue), Judged(Fatigue, StateLevel.Watch));
        Set(nameof(Scores.Stress), Judged(Stress, StateLevel.Watch));
        Set(nameof(Scores.Anger), Judged(Anger, StateLevel.Watch));
        Set(nameof(Scores.Distraction), Judged(0.1, StateLevel.None));
        Set(nameof(Scores.Mixed), MixedState.StrainedAndTired);
        return scores;

        // Only the judgement itself may fill it in.
        void Set(string name, object value) => typeof(Scores).GetProperty(name)!.SetValue(scores, value);
    }

    private static StateScore Judged(double p, StateLevel level) => new(p, 0.9, p, p, level);
}
