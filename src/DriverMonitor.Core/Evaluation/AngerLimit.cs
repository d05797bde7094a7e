namespace DriverMonitor.Core.Evaluation;

/// <summary>When an audit forbids judging anger: where neutral faces of anybody's group are read as angry too often.</summary>
public static class AngerLimit
{
    /// <summary>Highest share of neutral faces read as angry. Judgement: one in twenty.</summary>
    public const double NeutralFalse = 0.05;

    /// <summary>
    /// An audit with too few faces of a group shows nothing, which is no permission. Otherwise the measured share decides.
    /// </summary>
    public static bool MayBeOn(int falseOnes, int neutral) =>
        neutral >= Enough.Trials && falseOnes <= NeutralFalse * neutral;
}
