namespace DriverMonitor.Time;

/// <summary>
/// How long to wait before something lost is tried again: doubling from the shortest to the longest. It starts anew only after it
/// held for a while: a loose plug gives a picture each time the camera is opened.
/// </summary>
internal sealed class BackOff
{
    private readonly TimeSpan _shortest;
    private readonly TimeSpan _longest;
    private readonly TimeSpan _held;
    private TimeSpan _next;

    private BackOff(double shortest, double longest, double held) =>
        (_next, _shortest, _longest, _held) = (
            TimeSpan.FromSeconds(shortest),
            TimeSpan.FromSeconds(shortest),
            TimeSpan.FromSeconds(longest),
            TimeSpan.FromSeconds(held));

    /// <summary>0.25 s to 2 s, so that a camera is seen again within five seconds of its return.</summary>
    public static BackOff OfCamera() => new(shortest: 0.25, longest: 2, held: 5);

    /// <summary>
    /// 0.5 s to 4 s: a strap that comes back must be heard within 10 s, and one that hangs up every half minute at once; one that
    /// hangs up as soon as it is called must not be called all the time.
    /// </summary>
    public static BackOff OfStrap() => new(shortest: 0.5, longest: 4, held: 4);

    public TimeSpan Next()
    {
        var wait = _next;
        _next = _next * 2 < _longest ? _next * 2 : _longest;
        return wait;
    }

    /// <param name="held">How long it has worked since it was tried last.</param>
    public void Hold(TimeSpan held)
    {
        if (held >= _held) _next = _shortest;
    }
}
