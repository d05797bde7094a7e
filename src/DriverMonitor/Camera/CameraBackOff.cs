namespace DriverMonitor.Camera;

/// <summary>
/// How long to wait before a lost camera is tried again: 0.25 s, doubling to 2 s, so that it is seen again within five
/// seconds of its return. It starts anew only after the camera held for a while: one with a loose plug gives a picture each
/// time it is opened.
/// </summary>
internal sealed class CameraBackOff
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(5);

    private TimeSpan _next = Shortest;

    public TimeSpan Next()
    {
        var wait = _next;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait;
    }

    /// <param name="held">How long pictures have come since the camera was opened.</param>
    public void Hold(TimeSpan held)
    {
        if (held >= Held) _next = Shortest;
    }
}
