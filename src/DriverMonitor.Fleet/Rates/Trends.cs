namespace DriverMonitor.Fleet.Rates;

/// <summary>From sums to what may be shown: nothing of too few vehicles, no false-alarm rate of too few reviews.</summary>
internal static class Trends
{
    /// <summary>Fewer reviewed episodes say nothing of how often alerts are wrong.</summary>
    public const int FewestReviewed = 50;

    public static IReadOnlyList<TrendPoint> Of(TrendQuery asked, IReadOnlyList<TrendSums> sums, int floor)
    {
        var drove = sums.Where(one => one.Vehicles > 0 || one.Raised > 0).ToList();
        var shown = SmallGroups.Shown([.. drove.Select(CellOf)], floor);
        if (asked.Bucket != "all") return [.. drove.Select(one => PointOf(asked, one, shown.Contains(CellOf(one))))];
        // A whole is the sum of what may be shown of it: nothing can be subtracted from it to see the rest.
        return
        [
            .. drove.GroupBy(one => one.Group).Select(group =>
            {
                var parts = group.Where(one => shown.Contains(CellOf(one))).ToList();
                var whole = parts.Aggregate(new TrendSums(asked.From, group.Key, 0, 0, 0, 0, 0, 0, 0), Add);
                return PointOf(asked, whole, parts.Count > 0);
            }),
        ];
    }

    private static GroupCell CellOf(TrendSums one) => new(one.Start, one.Group, one.Vehicles);

    /// <summary>Of the vehicles the most of one week: those of several may be the same.</summary>
    private static TrendSums Add(TrendSums a, TrendSums b) => a with
    {
        Vehicles = Math.Max(a.Vehicles, b.Vehicles), DrivenS = a.DrivenS + b.DrivenS, JudgedS = a.JudgedS + b.JudgedS,
        Raised = a.Raised + b.Raised, Disputed = a.Disputed + b.Disputed, Reviewed = a.Reviewed + b.Reviewed,
        False = a.False + b.False,
    };

    private static TrendPoint PointOf(TrendQuery asked, TrendSums one, bool isShown)
    {
        var point = new TrendPoint(DateTimeOffset.FromUnixTimeMilliseconds(one.Start), asked.Group == "none" ? null : one.Group);
        if (!isShown) return point with { Why = "few-vehicles" };
        var hours = one.JudgedS / 3_600.0;
        point = point with
        {
            Vehicles = one.Vehicles, JudgedHours = Math.Round(hours, 1), DrivenHours = Math.Round(one.DrivenS / 3_600.0, 1),
        };
        if (asked.Measure == "coverage")
            return one.DrivenS == 0 ? point with { Why = "nothing-driven" }
                : point with { Value = Math.Round(Math.Min(1, (double)one.JudgedS / one.DrivenS), 4) };
        if (one.JudgedS == 0) return point with { Why = "nothing-judged" };
        if (asked.Measure == "false" && one.Reviewed < FewestReviewed)
            return point with { Reviewed = one.Reviewed, Why = "few-reviews" };
        var count = asked.Measure switch { "disputed" => one.Disputed, "false" => one.False, _ => one.Raised };
        var rate = RateInterval.Of(count, hours);
        return point with
        {
            Value = Math.Round(rate.Value, 2), Low = Math.Round(rate.Low, 2), High = Math.Round(rate.High, 2), Count = count,
            Reviewed = asked.Measure == "false" ? one.Reviewed : null,
        };
    }
}

/// <summary>One point of a trend.</summary>
/// <param name="From">Start of its stretch of time, UTC.</param>
/// <param name="Group">Label or version; null where there is one group.</param>
/// <param name="Value">Per 100 judged hours; for coverage the share of the driven time, 0 to 1.</param>
/// <param name="Low">Lower end of the 95 % interval, with <paramref name="High"/>; none for coverage.</param>
/// <param name="Count">What was counted.</param>
/// <param name="Reviewed">Episodes that were reviewed, for measure false.</param>
/// <param name="Why">Why there is no value: few-vehicles, few-reviews, nothing-driven, nothing-judged.</param>
internal sealed record TrendPoint(
    DateTimeOffset From, string? Group, double? Value = null, double? Low = null, double? High = null, long? Count = null,
    double? JudgedHours = null, double? DrivenHours = null, int? Vehicles = null, long? Reviewed = null, string? Why = null);
