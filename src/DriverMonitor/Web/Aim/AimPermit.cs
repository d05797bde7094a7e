namespace DriverMonitor.Web.Aim;

/// <summary>
/// Whether the live picture for aiming may be seen: for ten minutes after somebody said so, by the page or by the button on
/// the device. It opens no door: who sees the picture must be let into the page as well.
/// </summary>
internal sealed class AimPermit(TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private long? _begun;

    public bool IsGiven
    {
        get
        {
            lock (_gate) return _begun is { } at && time.GetElapsedTime(at) < Longest;
        }
    }

    public void Grant()
    {
        lock (_gate) _begun = time.GetTimestamp();
    }

    /// <summary>True if there was one to take back.</summary>
    public bool TakeBack()
    {
        lock (_gate)
        {
            var was = _begun is not null;
            _begun = null;
            return was;
        }
    }
}
