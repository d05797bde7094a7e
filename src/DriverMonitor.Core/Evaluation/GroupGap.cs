namespace DriverMonitor.Core.Evaluation;

/// <summary>
/// How two groups compare. The stated rule: a difference counts as found where its 95 % interval leaves out zero, and as excluded
/// where the whole interval lies within <see cref="GroupGap.Tolerated"/> of zero; all else is undecided, which is no acquittal.
/// </summary>
public enum GapVerdict { Insufficient, Undecided, NoRelevantDifference, Difference }

/// <summary>The difference of a share between a group and all the others.</summary>
/// <param name="Difference">The group's share minus the others'.</param>
public sealed record GroupGap(string Group, long Hits, long Trials, Estimate Difference, GapVerdict Verdict)
{
    /// <summary>Ten percentage points. Judgement: what a fleet would call the same.</summary>
    public const double Tolerated = 0.10;

    public static GroupGap Of(string group, long hits, long trials, long otherHits, long otherTrials)
    {
        if ((Enough.Lacking(trials, "labels") ?? Enough.Lacking(otherTrials, "labels of the others")) is { } lack)
            return new(group, hits, trials, Estimate.Missing(lack), GapVerdict.Insufficient);
        var interval = ProportionInterval.Difference(hits, trials, otherHits, otherTrials);
        return new(
            group, hits, trials, Estimate.Of(hits / (double)trials - otherHits / (double)otherTrials, interval),
            interval.Lo > 0 || interval.Hi < 0 ? GapVerdict.Difference
            : interval.Lo >= -Tolerated && interval.Hi <= Tolerated ? GapVerdict.NoRelevantDifference
            : GapVerdict.Undecided);
    }
}
