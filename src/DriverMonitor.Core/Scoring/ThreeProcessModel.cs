namespace DriverMonitor.Core.Scoring;

/// <summary>
/// Sleepiness from the clock alone: how long one has been awake, the body's day, its noon dip, and waking up. Constants
/// of Ingre and colleagues (2014) as used in the open FIPS package.
/// </summary>
/// <param name="Awake">S: falls from 14 after a normal night towards 2.4.</param>
/// <param name="Day">C: the daily wave, highest at 16:48.</param>
/// <param name="HalfDay">U: the twelve-hour wave.</param>
/// <param name="Inertia">W: grogginess of the first hours.</param>
public readonly record struct ThreeProcessModel(double Awake, double Day, double HalfDay, double Inertia)
{
    /// <summary>S on waking after a normal night.</summary>
    public const double AfterNormalNight = 14.0;

    private const double LowerAsymptote = 2.4, WakeDecay = -0.0353, InertiaDecay = -1.51;

    // Recovery in sleep: in proportion to time up to the break level, then towards the upper asymptote.
    private const double UpperAsymptote = 14.3, BreakLevel = 12.2, UsualDay = 16;
    private static readonly double Recovery = Math.Log((UpperAsymptote - 14) / (UpperAsymptote - 7.96)) / 8;

    /// <summary>Predicted Karolinska sleepiness, 1..9.</summary>
    public double Kss => Math.Clamp(10.6 - 0.6 * (Awake + Day + HalfDay + Inertia), 1, 9);

    /// <summary>
    /// S after a sleep of so many hours that began after a usual day of sixteen: 9.0 without any, 12.9 after five, 13.8 after
    /// eight.
    /// </summary>
    public static double OnWaking(double hoursSlept)
    {
        double tired = At(UsualDay, 0).Awake,
            perHour = Recovery * (BreakLevel - UpperAsymptote),
            steady = (BreakLevel - tired) / perHour;
        return hoursSlept <= steady
            ? tired + hoursSlept * perHour
            : UpperAsymptote - (UpperAsymptote - BreakLevel) * Math.Exp(Recovery * (hoursSlept - steady));
    }

    /// <summary>Hours awake, and the local time of day in hours 0..24.</summary>
    public static ThreeProcessModel At(double hoursAwake, double timeOfDay, double onWaking = AfterNormalNight) => new(
        LowerAsymptote + (onWaking - LowerAsymptote) * Math.Exp(WakeDecay * hoursAwake),
        2.5 * Math.Cos(2 * Math.PI / 24 * (timeOfDay - 16.8)),
        -0.5 + 0.5 * Math.Cos(2 * Math.PI / 12 * (timeOfDay - 19.8)),
        -5.72 * Math.Exp(InertiaDecay * hoursAwake));
}
