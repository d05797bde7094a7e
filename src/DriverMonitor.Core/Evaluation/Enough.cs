namespace DriverMonitor.Core.Evaluation;

/// <summary>How much data a figure needs before it is said. Below, counts are shown and the figure is "insufficient".</summary>
public static class Enough
{
    /// <summary>Of a share: ten of ten still leave 72 to 100 %, fewer leave room for anything.</summary>
    public const int Trials = 10;

    /// <summary>Of a rate an hour: without an event in one hour up to 3.7 an hour remain possible.</summary>
    public static readonly TimeSpan Exposure = TimeSpan.FromHours(1);

    /// <summary>Reviewed alerts before a fleet's share of false ones is said.</summary>
    public const int Reviews = 50;

    public static string? Lacking(long trials, string what, int needed = Trials) =>
        trials >= needed ? null : $"{trials} of {needed} {what}";

    public static Estimate Share(long hits, long trials, string what, int needed = Trials) =>
        Lacking(trials, what, needed) is { } lack
            ? Estimate.Missing(lack)
            : Estimate.Of(hits / (double)trials, ProportionInterval.Wilson(hits, trials));

    /// <summary>Of so many events an hour.</summary>
    public static Estimate Rate(long count, TimeSpan exposure)
    {
        if (exposure < Exposure)
            return Estimate.Missing(
                FormattableString.Invariant($"{exposure.TotalMinutes:F1} of {Exposure.TotalMinutes:F0} minutes judged"));
        var interval = PoissonInterval.Of(count);
        var hours = exposure.TotalHours;
        return Estimate.Of(count / hours, new Interval(interval.Lo / hours, interval.Hi / hours));
    }
}
