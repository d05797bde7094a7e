namespace DriverMonitor.Fleet.Web;

/// <summary>From and to as a request gave them, or did not; whatever it says, the result can be reckoned with.</summary>
/// <param name="From">Unix milliseconds.</param>
/// <param name="To">Left out itself.</param>
internal readonly record struct TimeWindow(long From, long To)
{
    private static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Last = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Null if it is empty, longer than <paramref name="longest"/>, or from another century.</summary>
    /// <param name="usual">Its length where <paramref name="from"/> is not given.</param>
    public static TimeWindow? Of(DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now, TimeSpan usual, TimeSpan longest)
    {
        var end = to ?? now;
        if (end < First || end > Last) return null;
        var begin = from ?? end - usual;
        return begin < First || begin >= end || end - begin > longest
            ? null
            : new(begin.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds());
    }
}
