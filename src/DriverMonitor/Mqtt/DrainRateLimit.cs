namespace DriverMonitor.Mqtt;

/// <summary>
/// Decides when the next event may go. What happened within the last minute goes at once. Older ones are a backlog, and go at
/// 50 a second: a day offline at 40 alerts an hour takes 20 s, and a thousand vehicles that come back together flood nobody.
/// </summary>
internal sealed class DrainRateLimit
{
    private static readonly TimeSpan BacklogFrom = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(20);

    /// <summary>What a late timer may catch up with.</summary>
    private static readonly TimeSpan MostCatchUp = TimeSpan.FromMilliseconds(200);

    private TimeSpan _next;

    /// <summary>Zero if an event of this age may go now, and then it has gone; otherwise how long it must wait.</summary>
    public TimeSpan Take(TimeSpan now, TimeSpan age)
    {
        if (age <= BacklogFrom) return TimeSpan.Zero;
        if (now < _next) return _next - now;
        _next = (_next > now - MostCatchUp ? _next : now - MostCatchUp) + Apart;
        return TimeSpan.Zero;
    }
}
