namespace DriverMonitor.Core.Features;

/// <summary>
/// For how long a phone has been seen in the driver's hand, by a detector whose single pictures are not to be trusted.
/// </summary>
/// <param name="sure">Confidence from which it is one.</param>
public sealed class PhoneUseTracker(double sure)
{
    // Seen once, it is held to be there on weaker signs and through gaps: hands cover it.
    private const double StillShare = 0.6;
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(1);

    private TimeSpan? _since;
    private TimeSpan _seenAt;
    private TimeSpan? _lookedAt;
    private bool _isSeen;

    /// <summary>Somebody looks for phones at all, and did so just now.</summary>
    public bool IsWatched(TimeSpan at) => at - _lookedAt <= Gap;

    /// <summary>Zero while none is seen, or nobody looks.</summary>
    public TimeSpan SeenFor(TimeSpan at) =>
        _since is { } since && at - _seenAt <= Gap ? (_isSeen ? at : _seenAt) - since : TimeSpan.Zero;

    /// <param name="seen">Confidence of the detector, 0..1; null when it did not look at this picture.</param>
    public void Step(TimeSpan at, double? seen)
    {
        if (at - _seenAt > Gap) _since = null;
        if (seen is not (>= 0 and <= 1)) return;
        _lookedAt = at;
        _isSeen = seen >= (_since is null ? sure : sure * StillShare);
        if (!_isSeen) return;
        _since ??= at;
        _seenAt = at;
    }

    public void Reset() => (_since, _lookedAt) = (null, null);
}
