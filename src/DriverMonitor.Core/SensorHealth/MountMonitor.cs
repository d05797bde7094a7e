using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.SensorHealth;

/// <summary>
/// Whether the camera hangs as it should: upright, near enough, before the driver, not mirrored. What is wrong is told within
/// twenty seconds; what can be judged all the same is.
/// </summary>
public sealed class MountMonitor : IModalityTracker
{
    // No driver holds the head so far over for so long: it is the camera that is turned.
    private const double TurnedDegrees = 60;

    // An eye is a third of this wide, and its lids are 2.4 pixels apart: a closure is a change of one pixel.
    private const double FewestEyePixels = 24;

    // A face that the edge cuts is lost with the next turn. From farther aside than this one eye hides behind the nose.
    private const double LeastInside = 0.85, FarthestYaw = 35;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly SensorFaultDebounce _turned = new(StatusKind.WrongMount, Patience);
    private readonly SensorFaultDebounce _small = new(StatusKind.FaceTooSmall, Patience);
    private readonly SensorFaultDebounce _aside = new(StatusKind.FaceAside, Patience);
    private readonly SensorFaultDebounce _mirrored = new(StatusKind.PictureMirrored, TimeSpan.Zero);
    private readonly MirroredPicture _mirror = new();

    /// <summary>A picture was judged.</summary>
    /// <param name="steeringDegrees">Of the wheel, + to the driver's right; null while unknown.</param>
    public void Update(TimeSpan at, in FaceReading face, DriverTracker driver, double? steeringDegrees, EventList events)
    {
        var (head, place) = driver.IsFaceSeen ? (face.Head, face.Place) : (null, null);
        _turned.Update(at, head is { } held ? Math.Abs(held.RollDegrees) > TurnedDegrees : null, events);
        _small.Update(at, place is { } seen ? seen.EyePixels < FewestEyePixels : null, events);
        _aside.Update(at, head is null && place is null ? null : IsAside(driver, place), events);
        _mirrored.Update(at, _mirror.Update(at, head?.YawDegrees, steeringDegrees), events);
    }

    public void Reset()
    {
        _turned.Reset();
        _small.Reset();
        _aside.Reset();
        _mirror.Reset();
    }

    void IModalityTracker.Reset(TimeSpan before, TimeSpan at) => Reset();

    void IModalityTracker.Withdraw(Modalities withdrawn)
    {
        if ((withdrawn & Modalities.Camera) != 0) Reset();
    }

    /// <summary>Where this driver's road is, not where the head is turned now: who waits at a light looks anywhere.</summary>
    private static bool IsAside(DriverTracker driver, FacePlace? place) =>
        place?.Inside < LeastInside || Math.Abs(driver.RoadYaw) > FarthestYaw;
}
