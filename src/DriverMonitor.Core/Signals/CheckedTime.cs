namespace DriverMonitor.Core.Signals;

/// <summary>
/// The one place where a number that somebody else wrote becomes a time. <see cref="TimeSpan"/> throws on numbers that are too
/// large, and arithmetic throws on two that only just fit: what passes here can be added and subtracted safely.
/// </summary>
public static class CheckedTime
{
    /// <summary>3,170 years, either way: no clock counts longer, and a sum of eight such times still fits.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromTicks(1_000_000_000_000_000_000);

    /// <summary>Null for what is no number or too large.</summary>
    public static TimeSpan? FromSeconds(double seconds) => FromMilliseconds(seconds * 1000);

    /// <summary>How long from one moment to the other, however far apart; what does not fit is as long as can be.</summary>
    public static TimeSpan Between(TimeSpan from, TimeSpan to)
    {
        var ticks = unchecked(to.Ticks - from.Ticks);
        var hasOverflown = ((to.Ticks ^ from.Ticks) & (to.Ticks ^ ticks)) < 0;
        return !hasOverflown ? new(ticks) : to > from ? TimeSpan.MaxValue : TimeSpan.MinValue;
    }

    /// <summary>Both moments lie in one such window, whichever is the later.</summary>
    public static bool IsWithin(TimeSpan window, TimeSpan from, TimeSpan to) =>
        Between(from, to) is var gap && gap <= window && gap >= -window;

    /// <inheritdoc cref="FromSeconds"/>
    public static TimeSpan? FromMilliseconds(double milliseconds) =>
        Math.Abs(milliseconds) <= Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    /// <inheritdoc cref="FromSeconds"/>
    public static TimeSpan? FromTicks(long ticks) => ticks >= -Longest.Ticks && ticks <= Longest.Ticks ? new(ticks) : null;
}
