using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Recording.Report;

/// <summary>Collects what a report shows of a drive: figures once a second, and every event but blinks.</summary>
/// <param name="tells">What is left out never gets into it.</param>
internal sealed class ReportLog(Disclosure tells = Disclosure.Everything) : IEventSink
{
    /// <summary>What is less explains nothing to a reader.</summary>
    private const double LeastShare = 0.03;

    public List<Second> Seconds { get; } = [];
    public List<MonitorEvent> Events { get; } = [];
    public long Blinks { get; private set; }
    public long Pictures { get; private set; }
    public long Faces { get; private set; }
    /// <summary>What a score rested on when its alert was raised.</summary>
    public Dictionary<MonitorEvent.Alert, IReadOnlyList<RestsOn>> Grounds { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Figures of the whole heart record; null where none is made.</summary>
    public HeartSummary? Heart { get; private set; }

    public WallClock? Began { get; private set; }
    public TimeSpan From { get; private set; } = TimeSpan.MaxValue;
    public TimeSpan Until { get; private set; }

    private Scores? _scores;
    private double? _speed;
    private IReadOnlyList<AlertEpisode>? _episodes;

    /// <summary>What the eyes and the head did around alerts.</summary>
    public CloseupLog Closeups { get; } = new();

    /// <summary>Every alert from its beginning to its end.</summary>
    public IReadOnlyList<AlertEpisode> Episodes => _episodes ??= AlertEpisode.Of(Events);

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

        _scores = outcome.Scores ?? _scores;
        if (seen.Vehicle is { } vehicle) _speed = vehicle.SpeedKmh;
        Closeups.Emit(seen, outcome);
        if (!outcome.Events.IsDefaultOrEmpty) _episodes = null;
        foreach (var happened in outcome.Events)
        {
            if (!May(happened))
                continue;
            if (happened is MonitorEvent.HeartTotal total)
                Heart = total.Summary;
            if (happened is MonitorEvent.Alert { Phase: not AlertPhase.Cleared } alert && GroundsOf(alert.Rule) is { } grounds)
                Grounds[alert] = Strongest(grounds);
            if (happened is MonitorEvent.Eyelids { Kind: ClosureKind.Blink })
                Blinks++;
            else
                Events.Add(happened);
        }

        if (outcome.Scores is { } scores)
            Seconds.Add(new(
                scores.At, scores.Fatigue, scores.Stress, scores.Anger, scores.Distraction, outcome.Measures.Perclos,
                scores.Heart?.BeatsPerMinute, scores.Heart is { Usable: true } heart ? heart.RmssdMs : null, _speed));
    }

    /// <summary>Whether the vehicle stood at that moment; false where nobody knows.</summary>
    public bool IsAtStand(TimeSpan at) => Seconds.Find(second => second.At >= at).SpeedKmh is 0;

    /// <summary>A report has no row for a hint without a name, and needs none.</summary>
    private bool May(MonitorEvent happened) => happened switch
    {
        MonitorEvent.Alert alert => May(DisclosurePolicy.ContentOf(alert.Rule)),
        MonitorEvent.Dispute dispute => May(DisclosurePolicy.ContentOf(dispute.Rule)),
        MonitorEvent.Status status => May(DisclosurePolicy.ContentOf(status.Kind)),
        _ => true,
    };

    private bool May(Disclosure what) => (tells & what) == what;

    private Explanation? GroundsOf(AlertRule rule) => rule switch
    {
        AlertRule.Fatigue => _scores?.FatigueWhy,
        AlertRule.Stress => _scores?.StressWhy,
        AlertRule.Anger => _scores?.AngerWhy,
        _ => null,
    };

    private static List<RestsOn> Strongest(Explanation why)
    {
        var strongest = new List<RestsOn>();
        foreach (ref readonly var line in why.Lines)
        {
            if (why.Share(in line) >= LeastShare) strongest.Add(new(line.Cue, line.LogOdds > 0, why.Share(in line)));
        }

        return strongest;
    }
}

/// <summary>One ground of a score.</summary>
/// <param name="Raises">Whether it speaks for the state or against it.</param>
/// <param name="Share">Its part of all that was said, 0..1.</param>
internal readonly record struct RestsOn(string Cue, bool Raises, double Share);

/// <summary>What one second amounted to.</summary>
internal readonly record struct Second(
    TimeSpan At,
    StateScore Fatigue,
    StateScore Stress,
    StateScore Anger,
    StateScore Distraction,
    double? Perclos,
    double? Pulse,
    double? Rmssd,
    double? SpeedKmh);
