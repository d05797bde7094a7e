namespace DriverMonitor.Core.Scoring;

/// <summary>
/// When the air of a cab is stale. The German Environment Agency calls it conspicuous above 1,000 ppm of carbon dioxide and
/// unacceptable above 2,000 (Bundesgesundheitsblatt 2008;51:1358); decisions get worse from 1,000 ppm on, and clearly so at 2,500
/// (Satish 2012, Allen 2016). It makes a driver more tired, and is no fatigue by itself.
/// </summary>
public static class AirSettings
{
    /// <summary>Above it, for <see cref="Patience"/>, a window should be opened; in between the two limits. Judgement.</summary>
    public const double StalePpm = 1500;

    /// <summary>Below it the air is good again.</summary>
    public const double FreshPpm = 1200;

    /// <summary>Log-odds at most: a fifth of what a yawn and a half say.</summary>
    public const double Weight = 0.3;

    /// <summary>Breath that meets the sensor is gone sooner.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    /// <summary>What it says of fatigue, by ppm.</summary>
    public static EvidenceCurve Evidence { get; } = new((1000, 0), (1500, 0.5), (2500, 1));
}
