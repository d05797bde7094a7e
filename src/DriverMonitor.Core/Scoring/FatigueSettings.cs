using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Scoring;

/// <summary>
/// The fatigue score: cues, weights, caps and times. Weights and curves are engineering judgement around published
/// anchors (PERCLOS 6 % alert, 12 % at lane exit on a closed track, VSS 2012; blink duration: Caffier 2003, Schleicher
/// 2008; night driving: Åkerstedt 2001, Connor 2002); they wait for own labelled drives.
/// </summary>
public sealed record FatigueSettings
{
    /// <summary>Share of driving time that is tired when nothing else is known. Judgement.</summary>
    [Range(0.01, 0.5)] public double BaseRate { get; init; } = 0.08;

    public CueSettings Perclos180 { get; init; } = new()
    {
        Weight = 2.5, Unit = "share", Curve = new((0, -0.4), (0.03, -0.3), (0.06, 0), (0.12, 0.7), (0.20, 1)),
    };

    public CueSettings Perclos60 { get; init; } = new()
    {
        Weight = 1.0, Unit = "share", Curve = new((0, -0.2), (0.06, 0), (0.15, 0.7), (0.30, 1)),
    };

    public CueSettings BlinkDurationZ { get; init; } = new()
    {
        Weight = 1.5, Curve = new((-1, -0.3), (0, 0), (1, 0.25), (2, 0.6), (3, 1)),
    };

    public CueSettings LongBlinksPerMinute { get; init; } = new()
    {
        Weight = 1.5, Unit = "1/min", Curve = new((0, -0.2), (0.5, 0), (1, 0.3), (3, 0.8), (5, 1)),
    };

    /// <summary>Tiny: the rate moves both ways with sleepiness, and with dry air and screens.</summary>
    public CueSettings BlinkRateAbsZ { get; init; } = new() { Weight = 0.3, Curve = new((0, 0), (2, 0.4), (4, 1)) };

    public CueSettings Yawns10 { get; init; } = new()
    {
        Weight = 0.9, Unit = "1/10min", Curve = new((0, 0), (1, 0.2), (2, 0.5), (3, 0.8), (5, 1)),
    };

    public CueSettings Nods5 { get; init; } =
        new() { Weight = 1.2, Unit = "1/5min", Curve = new((0, 0), (1, 0.4), (2, 0.8), (3, 1)) };

    /// <summary>Small: heart-based models fall from 85 % to 44 % on drivers they never met (Persson 2020).</summary>
    public CueSettings HrvDrowsyZ { get; init; } = new() { Weight = 0.4, Curve = new((-2, -1), (0, 0), (2, 1)) };

    public CueSettings ThreeProcessKss { get; init; } = new()
    {
        Weight = 1.0, Unit = "KSS", Curve = new((1, -0.6), (5, 0), (7, 0.5), (9, 1)),
    };

    public CueSettings TimeOnTaskHours { get; init; } = new()
    {
        Weight = 0.6, Unit = "h", Curve = new((0, 0), (2, 0.2), (4.5, 0.7), (9, 1)),
    };

    /// <summary>
    /// Small: laboratory speech after a night without sleep (Vogel 2010), never shown for drivers. It only adds: it lends no
    /// confidence, and a silent driver is none the less sure to be judged.
    /// </summary>
    public CueSettings VocalSlowingZ { get; init; } = new() { Weight = 0.4, Curve = new((0, 0), (1, 0.2), (2, 0.6), (3, 1)) };

    /// <summary>Most that the cues of the eyes may say together, log-odds: they measure much the same thing.</summary>
    [Range(0.0, 10.0)] public double EyeCap { get; init; } = 4.5;

    /// <summary>Most that yawns may say, log-odds.</summary>
    [Range(0.0, 10.0)] public double MouthCap { get; init; } = 0.9;

    /// <summary>Most that nods may say, log-odds.</summary>
    [Range(0.0, 10.0)] public double HeadCap { get; init; } = 1.2;

    /// <summary>Most that the heart may say, log-odds.</summary>
    [Range(0.0, 10.0)] public double HeartCap { get; init; } = 0.4;

    /// <summary>Most that the hour and the time at the wheel may say together, log-odds.</summary>
    [Range(0.0, 10.0)] public double PriorCap { get; init; } = 1.2;

    /// <summary>Time constant of a rising score. Judgement: tiredness shows quickly and does not leave quickly.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")] public TimeSpan Rise { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time constant of a falling score.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")] public TimeSpan Fall { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time without any measured cue after which confidence begins to go.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")] public TimeSpan FreezeAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the score then still stands; confidence reaches 0 at its end.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")] public TimeSpan FreezeFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time constant of the drift to prior knowledge after that.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")] public TimeSpan Drift { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Time without any measured cue after which the state is unknown.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")] public TimeSpan UnknownAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Karolinska sleepiness that a score stands for, 1 to 9: for display, until it is fitted to drivers' own answers.
    /// </summary>
    public EvidenceCurve SleepinessMap { get; init; } = new((0, 3), (0.15, 5), (0.35, 6), (0.60, 7), (0.85, 8), (0.95, 9));

    /// <summary>
    /// Standing still this long is a break, after which hours at the wheel begin anew: the shortest part of one in EU 561/2006.
    /// </summary>
    [Range(typeof(TimeSpan), "00:05:00", "00:45:00")] public TimeSpan Break { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Alertness on waking after a normal night, on the three-process model's scale (S). Judgement near the model's own 14.
    /// </summary>
    [Range(8.0, 14.3)] public double AlertnessOnWaking { get; init; } = ThreeProcessModel.AfterNormalNight;

    /// <summary>The waking hour, in local time, of a driver who has not said one; it is half believed.</summary>
    [Range(0.0, 24.0)] public double UsualWakingHour { get; init; } = 7;

    public FloorSettings Microsleep { get; init; } = new() { P = 0.75, HalfLife = TimeSpan.FromSeconds(300) };

    public FloorSettings TwoMicrosleeps { get; init; } = new() { P = 0.90, HalfLife = TimeSpan.FromSeconds(300) };

    /// <summary>Two count as two when they are no further apart.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan TwoMicrosleepsWithin { get; init; } = TimeSpan.FromSeconds(600);

    public FloorSettings Sleep { get; init; } = new() { P = 0.95, HalfLife = TimeSpan.FromSeconds(600) };

    /// <summary>Seen on the page. Judgement; Warn is meant to lie near 7 and Critical near 8 on the Karolinska scale.</summary>
    public LevelSettings Watch { get; init; } =
        new() { Enter = 0.35, Leave = 0.25, Dwell = TimeSpan.FromSeconds(10), NeededConfidence = 0.25 };

    public LevelSettings Warn { get; init; } =
        new() { Enter = 0.60, Leave = 0.50, Dwell = TimeSpan.FromSeconds(10), NeededConfidence = 0.40 };

    public LevelSettings Critical { get; init; } =
        new() { Enter = 0.85, Leave = 0.70, Dwell = TimeSpan.FromSeconds(5), NeededConfidence = 0.40 };

    /// <summary>The settings of one cue.</summary>
    public CueSettings this[FatigueCue cue] => cue switch
    {
        FatigueCue.Perclos180 => Perclos180,
        FatigueCue.Perclos60 => Perclos60,
        FatigueCue.BlinkDurationZ => BlinkDurationZ,
        FatigueCue.LongBlinksPerMinute => LongBlinksPerMinute,
        FatigueCue.BlinkRateAbsZ => BlinkRateAbsZ,
        FatigueCue.Yawns10 => Yawns10,
        FatigueCue.Nods5 => Nods5,
        FatigueCue.HrvDrowsyZ => HrvDrowsyZ,
        FatigueCue.ThreeProcessKss => ThreeProcessKss,
        FatigueCue.TimeOnTaskHours => TimeOnTaskHours,
        _ => throw new ArgumentOutOfRangeException(nameof(cue)),
    };
}

/// <summary>The least the score may be after an event, fading away.</summary>
public sealed record FloorSettings
{
    /// <summary>The score at the event, 0 to 1.</summary>
    [Range(0.0, 0.99)] public double P { get; init; }

    /// <summary>After this half of it is left.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")] public TimeSpan HalfLife { get; init; }
}
