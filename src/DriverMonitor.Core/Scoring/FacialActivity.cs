using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Voice;

namespace DriverMonitor.Core.Scoring;

/// <summary>
/// What one driver's face does beside looking: movements against its own rest, talking, the head's restlessness. Learns the
/// face at rest only from moments that look like rest.
/// </summary>
internal sealed class FacialActivity
{
    // Straight on, silent, mouth shut, eyes open: judgement.
    private const double RestDegrees = 10, RestMouth = 0.1, RestSpeech = 0.2, RestClosure = 0.3;

    // A face seen from the side shows its movements foreshortened.
    private const double FullDegrees = 15, GoneDegrees = 35;

    // Two turns a second of the lips.
    private const double LipsMove = 0.5;

    // A face as bright as this is in the sun.
    private const double Glare = 0.8;
    private static readonly TimeSpan LookHolds = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Restless = TimeSpan.FromSeconds(10);

    private readonly NeutralFace _neutral = new();
    private readonly SpeechMeter _speech = new();
    private (TimeSpan At, HeadPose Pose)? _head;
    private ActionUnits? _units;
    private TimeSpan _seenAt;
    private TimeSpan _lookedAt;
    private double _quality;
    private double? _mouthOpen;

    public FacialActivity(FaceShape? neutral) => _neutral.Reset(neutral);

    /// <summary>The face at rest; null until it was seen long enough.</summary>
    public FaceShape? Neutral => _neutral.Neutral;

    /// <summary>Turning and nodding of the head, degrees a second, smoothed over ten seconds.</summary>
    public double HeadMotion { get; private set; }

    /// <summary>
    /// The expression model's angry share, held between the pictures in which it runs; null after a second without.
    /// </summary>
    public double? AngryLook { get; private set; }

    /// <summary>Speech that the microphone hears from anybody, 0..1; 0 without one.</summary>
    public double HeardTalk { get; set; }

    /// <summary>
    /// How much the driver talks, 0..1: what the lips show, and what is heard where they move at all. Without the microphone few
    /// pictures a second see too little of it.
    /// </summary>
    public double Speech(TimeSpan at) =>
        _speech.Level(at) is var seen && seen > 0 ? Math.Max(seen, HeardTalk) : 0;

    /// <summary>What the lips do: the driver's own speech is told from others' by it.</summary>
    public LipMotion Lips(TimeSpan at) =>
        at - _seenAt > LookHolds || _mouthOpen is not { } open ? LipMotion.Unknown
        : _speech.Level(at) >= LipsMove ? LipMotion.Moving
        : open < RestMouth && _speech.Level(at) == 0 ? LipMotion.Still
        : LipMotion.Unknown;

    /// <summary>Movements as the last pictures showed them, believed less as they age.</summary>
    public (ActionUnits Units, double Quality)? Recent(TimeSpan at)
    {
        var belief = Cue.Of(0, _quality).Aged(at - _seenAt, HalfLives.Mouth).Belief;
        return _units is { } units && belief > 0 ? (units, belief) : null;
    }

    /// <summary>A picture with the driver's face; what it offers for anger.</summary>
    /// <param name="glare">The sun is in the picture.</param>
    /// <param name="mayLearn">Nothing else speaks against taking this moment for rest.</param>
    public AngerFace Update(
        TimeSpan at, in FaceReading face, DriverTracker driver, double usualAngryLook, bool glare, bool mayLearn)
    {
        _mouthOpen = face.MouthOpen is >= 0 and < 10 ? face.MouthOpen : null;
        _speech.Add(at, _mouthOpen);
        var speech = Speech(at);
        Follow(at, face.Head);
        var aside = driver.HeadAside ?? GoneDegrees;
        _quality = Math.Clamp((GoneDegrees - aside) / (GoneDegrees - FullDegrees), 0, 1);
        _seenAt = at;
        if (face.Expression is { Angry: >= 0 and <= 1 } look) (AngryLook, _lookedAt) = (look.Angry, at);
        else if (at - _lookedAt > LookHolds) AngryLook = null;
        _units = null;
        if (face.Shape is { } shape && IsFinite(in shape))
        {
            var atRest =
                aside <= RestDegrees && speech <= RestSpeech && face.MouthOpen < RestMouth && driver.Eyes.Closure < RestClosure;
            if (mayLearn && atRest)
                _neutral.Learn(at, in shape);
            if (_neutral.Neutral is { } neutral)
                _units = ActionUnitMapper.Map(in shape, in neutral);
        }

        return new(_units, AngryLook, usualAngryLook, speech, glare || face.Brightness >= Glare, _quality);
    }

    private void Follow(TimeSpan at, HeadPose? pose)
    {
        if (pose is not { } now || !double.IsFinite(now.YawDegrees + now.PitchDegrees))
        {
            _head = null;
            return;
        }

        if (_head is { } before && at > before.At)
        {
            var passed = at - before.At;
            var turned =
                Math.Abs(now.YawDegrees - before.Pose.YawDegrees) + Math.Abs(now.PitchDegrees - before.Pose.PitchDegrees);
            HeadMotion += (1 - Math.Exp(-passed / Restless)) * (Math.Min(turned, 180) / passed.TotalSeconds - HeadMotion);
        }

        _head = (at, now);
    }

    private static bool IsFinite(in FaceShape s) => double.IsFinite(
        s.InnerBrowHeight + s.BrowGap + s.LidGap + s.LowerLidDrop + s.NoseWingDrop + s.UpperLipDrop
        + s.MouthCornerLift + s.MouthWidth + s.ChinDrop + s.LipHeight + s.LipGap);
}
