namespace DriverMonitor.Core.HeartRate;

/// <summary>
/// How far a figure from a short window stands for the five-minute one, 0..1. From agreement studies of ultra-short
/// windows (Muñoz 2015, n = 3387, for RMSSD and SDNN; Baek 2015 for pNN50), rounded with caution; straight lines between.
/// </summary>
public static class WindowTrust
{
    public static double Rmssd(TimeSpan length) => Between(length, (30, 0.6), (60, 0.85), (120, 1));

    public static double Sdnn(TimeSpan length) => Between(length, (60, 0.5), (60, 0.5), (120, 0.9));

    /// <summary>Also for SD2.</summary>
    public static double StressIndex(TimeSpan length) => Between(length, (60, 0.5), (60, 0.5), (120, 0.8));

    /// <summary>To report, never to score: it stands at 0 for many adults.</summary>
    public static double Pnn50(TimeSpan length) => Between(length, (60, 0.3), (60, 0.3), (120, 0.6));

    private static double Between(
        TimeSpan length, (double S, double Q) least, (double S, double Q) middle, (double S, double Q) most)
    {
        double s = length.TotalSeconds;
        if (s < least.S) return 0;
        if (s >= most.S) return most.Q;
        var (from, to) = s < middle.S ? (least, middle) : (middle, most);
        return from.Q + (s - from.S) / (to.S - from.S) * (to.Q - from.Q);
    }
}
