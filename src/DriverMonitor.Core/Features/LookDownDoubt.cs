using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>
/// Whether lids that are down may only follow a look down: they cover the eyes of one who reads a phone as they cover a
/// sleeper's.
/// The head tells more. A glance takes it down with the lids, in a quarter of a second; a sleeper's lids go first and the head
/// sinks after them.
/// </summary>
/// <remarks>What stays in doubt is told as a look away, no later than shut eyes would be.</remarks>
public sealed class LookDownDoubt
{
    // Below this the head is down, above the other it is up. A nod passes the first 0.4 s after the lids (scripted: 22 degrees a
    // second), a glance within 0.25 s (head saccades of 15 to 20 degrees, Zangemeister and Stark 1982).
    private const double DownDegrees = 10, UpDegrees = 5;

    private static readonly TimeSpan Together = TimeSpan.FromSeconds(0.3);

    /// <summary>A head that was held down for so long before the lids went is no head that sinks.</summary>
    private static readonly TimeSpan HeldDown = TimeSpan.FromSeconds(1);

    private readonly ReadingPosture _reading = new();
    private TimeSpan? _upAt;
    private TimeSpan? _downAt;
    private bool _isQuick;
    private bool _isDecided;
    private bool _isOfHead;

    /// <summary>The lids that are down now may follow a look down.</summary>
    public bool IsDoubtful => _isOfHead || IsReading;

    /// <summary>A hand or a phone speaks for it, whatever the head does.</summary>
    public bool IsReading => _reading.MayRead;

    /// <param name="belowNeutral">How far the head is below this driver's road, in degrees; null while it is not known.</param>
    /// <param name="pitch">Of the head as the camera sees it, in degrees.</param>
    /// <param name="lidsDownAt">When the lids went down that are down now; null while they are up.</param>
    /// <param name="areEyesKnown">This driver's eyes were seen open before.</param>
    public void Update(TimeSpan at, double? belowNeutral, double? pitch, TimeSpan? lidsDownAt, bool areEyesKnown)
    {
        FollowHead(at, belowNeutral);
        if (lidsDownAt is not { } lids)
        {
            (_isDecided, _isOfHead) = (false, false);
            return;
        }

        _isDecided |= at - lids > Together;
        // Nobody knows where the road is for one whose eyes were never open: a face that is bowed reads as well as it sleeps.
        var isBowed = !areEyesKnown && pitch <= -DownDegrees;
        var goesTogether = !_isDecided && _downAt is { } down && (_isQuick || lids - down >= HeldDown);
        if (belowNeutral < UpDegrees && areEyesKnown) _isOfHead = false;
        else _isOfHead |= isBowed || goesTogether;
    }

    /// <summary>The hands, and the lids' own fall, which decide in a head that is held up.</summary>
    public void UpdateHands(TimeSpan at, in FaceReading face, ClosureDetector closures, bool isPhoneHinted) =>
        _reading.Update(at, face, isPhoneHinted, closures.FellIn, closures.ShutFor(at));

    public void Reset()
    {
        (_upAt, _downAt, _isDecided, _isOfHead) = (null, null, false, false);
        _reading.Reset();
    }

    private void FollowHead(TimeSpan at, double? belowNeutral)
    {
        if (belowNeutral is not { } below) return;
        if (below < UpDegrees) (_upAt, _downAt) = (at, null);
        if (below < DownDegrees || _downAt is not null) return;
        _downAt = at;
        _isQuick = at - _upAt <= Together;
    }
}
