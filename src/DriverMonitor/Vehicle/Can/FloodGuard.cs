namespace DriverMonitor.Vehicle.Can;

/// <summary>
/// Whether more frames come than any real bus carries. Whoever floods a virtual or a broken one must not take a core from the
/// warning: reading pauses, and the kernel drops what its buffer cannot hold.
/// </summary>
internal sealed class FloodGuard
{
    /// <summary>A bus at 1 Mbit/s carries 17,500 of the shortest frames a second: in ten milliseconds 175.</summary>
    public const int MostFrames = 200;

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(10);

    private TimeSpan _began;
    private int _frames;

    /// <summary>Counts a frame, and says how long to pause; zero for not at all.</summary>
    public TimeSpan Step(TimeSpan at)
    {
        if (at - _began >= Window) (_began, _frames) = (at, 0);
        return ++_frames >= MostFrames ? Window - (at - _began) : TimeSpan.Zero;
    }
}
