using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>
/// Whether lids that are down in a head held up may look at something before the chest. Lids and a second network say the same
/// of a sleeper; a phone or a hand that came there, and lids that fell with a glance's speed, do not.
/// </summary>
/// <remarks>What stays in doubt is told as a look away, no later than shut eyes would be.</remarks>
internal sealed class ReadingPosture
{
    // A glance takes the lids from half way down to shut within a fifth of a second, sleep lets them sink. A picture's interval
    // more, because crossings lie between pictures.
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(0.2);

    // Twice as long as it takes to look for hands again.
    private static readonly TimeSpan HandsSpeak = TimeSpan.FromSeconds(1.2);

    // What is not known by then is told as shut eyes: half a second before they are warned of.
    private static readonly TimeSpan DecidedAfter = TimeSpan.FromSeconds(1);

    // Eyes that turn down: 0.4 and more in a glance at the lap, and in many shut eyes.
    private const double TurnedDown = 0.3;

    // A head that sinks after its lids sleeps.
    private const double SinksDegrees = 6;

    // Hands that are always there hold a wheel that the camera sees. Of the looks of about half a minute.
    private const double Habit = 0.5, Learns = 1 / 60.0;

    private TimeSpan? _handsAt;
    private double _habit;
    private double? _highest;
    private bool _hasSunk;

    /// <summary>The lids that are down now may look at what is held before the chest.</summary>
    public bool MayRead { get; private set; }

    /// <param name="isPhoneHinted">A phone was seen just now, if not surely.</param>
    /// <param name="fellIn">How long the lids took; null while they are not shut.</param>
    /// <param name="shutFor">How long they have been shut.</param>
    public void Update(TimeSpan at, in FaceReading face, bool isPhoneHinted, TimeSpan? fellIn, TimeSpan shutFor)
    {
        if (face.Hands is { } hands) UpdateHands(at, HandPlace.BeforeChest(hands) > 0, learns: fellIn is null);
        if (fellIn is not { } fell)
        {
            Reset();
            return;
        }

        FollowHead(face.Head?.PitchDegrees);
        if (_hasSunk) MayRead = false;
        else if (shutFor < DecidedAfter && fell <= Glance && IsTurnedDown(face))
            MayRead |= isPhoneHinted || _habit < Habit && at - _handsAt <= HandsSpeak;
    }

    /// <summary>The lids are up, or not seen.</summary>
    public void Reset() => (MayRead, _highest, _hasSunk) = (false, null, false);

    private void UpdateHands(TimeSpan at, bool areThere, bool learns)
    {
        if (areThere) _handsAt = at;
        if (learns) _habit += Learns * ((areThere ? 1 : 0) - _habit);
    }

    private void FollowHead(double? pitch)
    {
        if (pitch is not { } now) return;
        _highest = Math.Max(now, _highest ?? now);
        _hasSunk |= _highest - now >= SinksDegrees;
    }

    private static bool IsTurnedDown(in FaceReading face) => face.Blendshapes is not { } shapes || shapes.LookDown >= TurnedDown;
}
