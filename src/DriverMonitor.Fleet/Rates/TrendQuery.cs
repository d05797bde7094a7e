using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Rates;

/// <summary>What is counted against what. Times are Unix milliseconds, at week's ends.</summary>
/// <param name="Measure">alerts, disputed, false or coverage.</param>
/// <param name="Kind">One state; <see cref="AllKinds"/> for those that are no emotion.</param>
/// <param name="Group">none, label or version.</param>
/// <param name="Bucket">day, week, or all for one figure of the whole time.</param>
internal sealed record TrendQuery(string Measure, string Kind, string Group, string Bucket, long From, long To)
{
    public const string AllKinds = "all";

    /// <summary>Points of one answer.</summary>
    public const int MostPoints = 500;

    private const long Longest = 60 * TrendBucket.Week;

    private static readonly string[] Measures = ["alerts", "disputed", "false", "coverage"], Groups = ["none", "label", "version"],
        Buckets = ["day", "week", "all"];

    private static readonly EventKind[] States = [EventKind.Fatigue, EventKind.Distraction, EventKind.DriverState];

    /// <summary>Null if it may be asked.</summary>
    public string? Fault =>
        !Measures.Contains(Measure) ? $"measure is one of {string.Join(", ", Measures)}."
        : !Groups.Contains(Group) ? $"group is one of {string.Join(", ", Groups)}."
        : !Buckets.Contains(Bucket) ? $"bucket is one of {string.Join(", ", Buckets)}."
        : Kind != AllKinds && Names.KindOf(Kind) is null or EventKind.None or EventKind.Device ? "kind is no state of a driver."
        : IsEmotion && Group != "none" ? "stress and anger are shown for the whole tenant only."
        : To <= From || To - From > Longest ? "from must lie before to, by at most 60 weeks."
        : null;

    public bool IsEmotion => Names.KindOf(Kind) is EventKind.Stress or EventKind.Anger;

    /// <summary>Those that are counted.</summary>
    public IReadOnlyList<EventKind> Kinds => Kind == AllKinds ? States : [Names.KindOf(Kind)!.Value];

    /// <summary>The time in which they could have been seen: a name in <see cref="HourOfDriving.JudgedS"/>.</summary>
    public string Judged => Kind == AllKinds ? HourOfDriving.Any : Kind;
}

/// <summary>Sums of one cell.</summary>
/// <param name="Vehicles">That drove, or were warned in.</param>
/// <param name="JudgedS">Seconds in which the state could be judged.</param>
/// <param name="Reviewed">Episodes that somebody reviewed as true, false or unclear.</param>
internal sealed record TrendSums(
    long Start, string Group, int Vehicles, long DrivenS, long JudgedS, long Raised, long Disputed, long Reviewed, long False);
