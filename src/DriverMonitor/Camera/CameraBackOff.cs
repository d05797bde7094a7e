namespace DriverMonitor.Camera;

/// <summary>How long to wait before a lost camera is tried again: 0.25 s, doubling to 5 s, from the start after a good picture.</summary>
internal sealed class CameraBackOff
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private TimeSpan _next = Shortest;

    public TimeSpan Next()
    {
        var wait = _next;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait;
    }

    public void Reset() => _next = Shortest;
}
