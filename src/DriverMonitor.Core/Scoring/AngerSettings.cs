using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Scoring;

/// <summary>
/// The anger score: weak evidence by nature. People scowl in about a third of angry moments and for many other reasons
/// (Barrett 2019), and classifiers have read some faces as angrier than others (Rhue 2018); so it is relative to the
/// person, needs several movements together, is capped without the heart, and is off unless the driver agreed.
/// All numbers are engineering judgement.
/// </summary>
public sealed record AngerSettings
{
    /// <summary>Off until a driver has agreed, and where the law asks for it, a safety purpose was declared.</summary>
    public bool Enabled { get; init; }

    /// <summary>Share of driving time that is so when nothing else is known. Judgement.</summary>
    [Range(0.01, 0.5)] public double BaseRate { get; init; } = 0.05;

    /// <summary>How angry a face looks.</summary>
    public AngerFaceSettings Face { get; init; } = new();

    /// <summary>Log-odds of a fully angry face.</summary>
    [Range(0.0, 12.0)] public double FaceGain { get; init; } = 6.0;

    /// <summary>Log-odds per z of the heart rate.</summary>
    [Range(0.0, 3.0)] public double HeartGain { get; init; } = 0.5;

    /// <summary>Least the heart may say, log-odds.</summary>
    [Range(-3.0, 0.0)] public double HeartLeast { get; init; } = -0.6;

    /// <summary>Most the heart may say, log-odds.</summary>
    [Range(0.0, 3.0)] public double HeartMost { get; init; } = 1.2;

    /// <summary>Log-odds of a fully raised voice; never more than face and pulse say together.</summary>
    [Range(0.0, 3.0)] public double VoiceWeight { get; init; } = 0.8;

    /// <summary>Highest score without heart data.</summary>
    [Range(0.1, 1.0)] public double CapWithoutHeart { get; init; } = 0.70;

    /// <summary>Time constant of a rising score.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:01:00")] public TimeSpan Rise { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Time constant of a falling score.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")] public TimeSpan Fall { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The face is the median of so long: a grimace is not a mood.</summary>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:05")] public TimeSpan FaceMedian { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>An episode needs this score for <see cref="EpisodeTime"/> in all within <see cref="EpisodeWindow"/>.</summary>
    [Range(0.3, 1.0)] public double EpisodeAt { get; init; } = 0.60;

    /// <summary>
    /// Time at or above <see cref="EpisodeAt"/> that makes an episode, in all within <see cref="EpisodeWindow"/>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")] public TimeSpan EpisodeTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Also the calm that ends it.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:01:00")] public TimeSpan EpisodeWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>It ends after staying below this for as long as the window.</summary>
    [Range(0.1, 1.0)] public double EndBelow { get; init; } = 0.45;

    /// <summary>A lost face is waited for so long before an episode is ended.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")] public TimeSpan HoldFace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Most confidence with a face alone.</summary>
    [Range(0.0, 1.0)] public double FaceConfidence { get; init; } = 0.4;

    /// <summary>Most confidence with face and heart.</summary>
    [Range(0.0, 1.0)] public double FaceAndHeartConfidence { get; init; } = 0.6;

    /// <summary>From this fatigue on half the face's say is taken as the squint of effort.</summary>
    [Range(0.0, 1.0)] public double TiredFrom { get; init; } = 0.6;
}
