namespace DriverMonitor.Fleet.Rates;

/// <summary>Stretches of time, in UTC. Asked for are whole weeks, so that no two answers differ by a few hours.</summary>
internal static class TrendBucket
{
    public const long Day = 86_400_000, Week = 7 * Day;

    /// <summary>The first day of Unix time was a Thursday.</summary>
    private const long Monday = -3 * Day;

    /// <summary>The Monday before.</summary>
    public static long WeekOf(long at) => at - ((at - Monday) % Week);

    /// <summary>The Monday before, and the one after.</summary>
    public static (long From, long To) WholeWeeks(long from, long to) => (WeekOf(from), WeekOf(to - 1) + Week);
}
