namespace DriverMonitor.Core.Scoring;

/// <summary>Names for states that come together, so that one message is said and not two.</summary>
public enum MixedState
{
    None,

    /// <summary>Anger and stress share their arousal.</summary>
    Agitated,

    /// <summary>Fatigue and stress: what fatigue demands wins.</summary>
    StrainedAndTired,
}

/// <summary>Which name fits.</summary>
public static class MixedStates
{
    private const double From = 0.6;

    /// <summary>From the three scores; fatigue is asked first.</summary>
    public static MixedState Of(double fatigue, double stress, double anger) =>
        fatigue >= From && stress >= From ? MixedState.StrainedAndTired
        : anger >= From && stress >= From ? MixedState.Agitated
        : MixedState.None;
}
