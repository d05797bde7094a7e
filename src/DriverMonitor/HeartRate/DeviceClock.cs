namespace DriverMonitor.HeartRate;

/// <summary>
/// Lays a device's own times on our clock. Only the way between them delays, so the smallest delay of the last minute or two
/// is taken for none, and how much later than that a message came is how late it is. The device's time of day may be wrong by
/// years: only its differences count. The limits are engineering judgement.
/// </summary>
internal sealed class DeviceClock
{
    /// <summary>What came later tells of a past that has been judged already.</summary>
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A message this much quicker than all before it was rather written by a clock that goes ahead: it counts as of now.
    /// </summary>
    private static readonly TimeSpan Earliest = TimeSpan.FromSeconds(-2);

    /// <summary>
    /// How long a new delay must stay the same until the clock, not the way, has changed. A backlog comes in one go.
    /// </summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Same = TimeSpan.FromSeconds(2);

    /// <summary>Clocks drift apart, so the smallest delay is forgotten after one to two of these.</summary>
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(60);

    private (TimeSpan Since, TimeSpan Least, TimeSpan LeastBefore)? _known;
    private (TimeSpan Since, TimeSpan Delay)? _doubt;

    /// <summary>
    /// When it was on our clock, never after <paramref name="arrival"/>; null for what is too old, also while a clock that was
    /// set back is not known again.
    /// </summary>
    public TimeSpan? Place(TimeSpan arrival, TimeSpan stamp)
    {
        var delay = arrival - stamp;
        if (_known is not { } known) return Learn(arrival, delay);

        var late = delay - Smaller(known.Least, known.LeastBefore);
        if (late > Latest) return HasSettled(arrival, delay) ? Learn(arrival, delay) : null;
        if (late < Earliest) return HasSettled(arrival, delay) ? Learn(arrival, delay) : arrival;

        known = arrival - known.Since < Span ? known with { Least = Smaller(known.Least, delay) } : (arrival, delay, known.Least);
        (_known, _doubt) = (known, null);
        return stamp + Smaller(known.Least, known.LeastBefore);
    }

    private bool HasSettled(TimeSpan arrival, TimeSpan delay)
    {
        if (_doubt is not { } doubt || (delay - doubt.Delay).Duration() > Same) _doubt = doubt = (arrival, delay);
        return arrival - doubt.Since >= Settled;
    }

    private TimeSpan Learn(TimeSpan arrival, TimeSpan delay)
    {
        (_known, _doubt) = ((arrival, delay, TimeSpan.MaxValue), null);
        return arrival;
    }

    private static TimeSpan Smaller(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
