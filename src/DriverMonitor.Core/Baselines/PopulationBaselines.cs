namespace DriverMonitor.Core.Baselines;

/// <summary>
/// What is usual in people, wide enough to hold most: used until the person is known. Judgement, near published resting
/// norms; never a reason to call one driver unusual.
/// </summary>
public static class PopulationBaselines
{
    /// <summary>Beats per minute.</summary>
    public static readonly RobustScale HeartRate = new(72, 10);

    /// <summary>Natural logarithm of RMSSD in ms.</summary>
    public static readonly RobustScale LnRmssd = new(3.5, 0.6);

    public static readonly RobustScale SqrtStressIndex = new(11, 4);

    /// <summary>Natural logarithm of the half-amplitude blink duration in seconds.</summary>
    public static readonly RobustScale LnBlinkDuration = new(Math.Log(0.12), 0.25);

    /// <summary>Blinks a minute.</summary>
    public static readonly RobustScale BlinkRate = new(15, 8);
}
