using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Baselines;

/// <summary>The heart's small say about sleepiness: slower and more variable than the person's own, over two minutes.</summary>
public static class HrvDrowsiness
{
    private const double Most = 2;

    /// <summary>From robust z-scores of rate and ln RMSSD; missing unless both are known.</summary>
    public static Cue Of(Cue heartRateZ, Cue lnRmssdZ)
    {
        if (!heartRateZ.IsPresent) return Cue.Missing(heartRateZ.Reason);
        if (!lnRmssdZ.IsPresent) return Cue.Missing(lnRmssdZ.Reason);
        double z = Math.Clamp(0.5 * -heartRateZ.Value!.Value + 0.5 * lnRmssdZ.Value!.Value, -Most, Most);
        return Cue.Of(z, Math.Min(heartRateZ.Belief, lnRmssdZ.Belief));
    }
}
