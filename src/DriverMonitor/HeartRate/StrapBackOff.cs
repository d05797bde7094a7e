namespace DriverMonitor.HeartRate;

/// <summary>
/// How long to wait before a lost strap is called again: 0.5 s, doubling to 4 s. A strap that comes back must be heard within 10 s, and
/// one that hangs up every half minute at once; one that hangs up as soon as it is called must not be called all the time.
/// </summary>
internal sealed class StrapBackOff
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    private TimeSpan _next = Shortest;

    public TimeSpan Next()
    {
        var wait = _next;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait;
    }

    /// <param name="held">How long the strap gave its pulse.</param>
    public void Hold(TimeSpan held)
    {
        if (held >= Longest) _next = Shortest;
    }
}
