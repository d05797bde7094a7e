namespace DriverMonitor.Core.Features;

/// <summary>The sections of the settings that the tracking of a driver rests on.</summary>
/// <param name="PhoneFrom">Confidence from which a phone is one.</param>
public sealed record TrackingParameters(
    FrameSettings Frames, EyeSettings Eyes, MouthSettings Mouth, HeadSettings Head, RoadSettings Road, double PhoneFrom);

/// <summary>What is known of the driver's eyes before the first picture.</summary>
/// <param name="LeftOpen">Open aperture of the eye on the picture's left; null while unknown, as the next.</param>
public readonly record struct KnownEyes(double? LeftOpen, double? RightOpen, SeeingEye Seeing);
