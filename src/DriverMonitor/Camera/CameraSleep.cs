using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Camera;

/// <summary>What is to be done with the camera.</summary>
internal enum CameraRest
{
    Awake,
    Closed,

    /// <summary>Open again, and no picture yet: nothing is wrong until it takes too long.</summary>
    Opening,
}

/// <summary>
/// Decides when the camera is closed: the driver forbids it, or the vehicle has been switched off for a while. It is opened again
/// as soon as it is allowed and the vehicle is on, rolls, or has not been heard of for so long that "off" is not believed any
/// more.
/// </summary>
/// <param name="after">How long off; null for never.</param>
internal sealed class CameraSleep(TimeSpan? after)
{
    /// <summary>A USB camera opens within two seconds, a network camera within four; then it is lost like any other.</summary>
    private static readonly TimeSpan OpensWithin = TimeSpan.FromSeconds(5);

    private TimeSpan? _offSince;
    private TimeSpan _saidAt;
    private TimeSpan? _openedAt;
    private bool _isClosed;

    /// <param name="said">What the vehicle says; null for nothing new.</param>
    /// <param name="hasPicture">A picture came.</param>
    /// <param name="isAllowed">The driver lets it look.</param>
    /// <param name="isDoubtful">That the vehicle is off is contradicted.</param>
    public CameraRest Step(TimeSpan at, VehicleReading? said, bool hasPicture, bool isAllowed = true, bool isDoubtful = false)
    {
        if (said is { } reading) (_offSince, _saidAt) = (reading.IsOff ? _offSince ?? at : null, at);

        var wasClosed = _isClosed;
        _isClosed = !isAllowed || (!isDoubtful && at - _offSince >= after && at - _saidAt <= VehicleMotionTracker.OffHolds);
        if (_isClosed) return CameraRest.Closed;

        if (wasClosed) _openedAt = at;
        else if (hasPicture || at - _openedAt > OpensWithin) _openedAt = null;
        return _openedAt is null ? CameraRest.Awake : CameraRest.Opening;
    }
}
