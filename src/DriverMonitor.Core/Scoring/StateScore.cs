using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>One state of the driver as judged at one second.</summary>
/// <param name="P">0..1, like a probability; uncalibrated until own labels exist.</param>
/// <param name="Confidence">0..1: how much of what could be known was known.</param>
/// <param name="Lo">What missing cues could lower P to.</param>
/// <param name="Hi">And raise it to.</param>
/// <param name="Level">The step of the state's own ladder.</param>
/// <param name="Limit">The one reason that stands above all others, if any.</param>
public readonly record struct StateScore(
    double P, double Confidence, double Lo, double Hi, StateLevel Level, MissingReason Limit = MissingReason.None)
{
    /// <summary>0..100, for display.</summary>
    public int Percent => (int)Math.Round(100 * P, MidpointRounding.AwayFromZero);
}

/// <summary>Steps of a state. Stress knows the first two (elevated, high), anger only the first (an episode).</summary>
public enum StateLevel
{
    /// <summary>Nothing has been seen for minutes: no judgement, and not "all is well".</summary>
    Unknown = -1,
    None = 0,
    Watch = 1,
    Warn = 2,
    Critical = 3,
}

/// <summary>A score before smoothing: log-odds, and how far missing cues could move them.</summary>
/// <param name="LogOdds">The sum of all evidence.</param>
/// <param name="Coverage">0..1: weight of what was known over all weight.</param>
/// <param name="Below">Log-odds that missing cues could take away; not positive.</param>
/// <param name="Above">Log-odds that they could add; not negative.</param>
/// <param name="IsObserved">False when nothing but prior knowledge spoke.</param>
public readonly record struct RawScore(double LogOdds, double Coverage, double Below, double Above, bool IsObserved)
{
    public double P => DriverMonitor.Core.Scoring.LogOdds.ToProbability(LogOdds);
    public double Lo => DriverMonitor.Core.Scoring.LogOdds.ToProbability(LogOdds + Below);
    public double Hi => DriverMonitor.Core.Scoring.LogOdds.ToProbability(LogOdds + Above);
}
