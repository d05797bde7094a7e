using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>Turns what cannot be a measurement into what was not measured: no number that is not finite gets past here.</summary>
public static class Plausible
{
    public static FaceReading Of(in FaceReading face) =>
        face with
        {
            LeftEye = Of(face.LeftEye),
            RightEye = Of(face.RightEye),
            MouthOpen = face.MouthOpen is >= 0 and < 10 ? face.MouthOpen : null,
            Head =
                face.Head is { } head && IsAngle(head.YawDegrees) && IsAngle(head.PitchDegrees) && IsAngle(head.RollDegrees)
                    ? head
                    : null,
            Gaze =
                face.Gaze is { Quality: >= 0 and <= 1 } gaze && IsAngle(gaze.YawDegrees) && IsAngle(gaze.PitchDegrees)
                    ? gaze
                    : null,
            PhoneSeen = face.PhoneSeen is >= 0 and <= 1 ? face.PhoneSeen : null,
            BeltWorn = face.BeltWorn is >= 0 and <= 1 ? face.BeltWorn : null,
            Hands = face.Hands is { } hands ? new(Of(hands.First), Of(hands.Second)) : null,
            Light = face.Light is { Contrast: >= 0 and <= 1, Noise: >= 0 and < 10 } ? face.Light : null,
            Blendshapes =
                face.Blendshapes is { } shapes && IsShare(shapes.LeftBlink) && IsShare(shapes.RightBlink) ? shapes : null,
            RivalEye = face.RivalEye is { } rival ? Of(rival) : null,
            Place = face.Place is
                { CentreX: > -10 and < 10, CentreY: > -10 and < 10, Inside: >= 0 and <= 1, EyePixels: >= 0 and < 1e5 }
                ? face.Place : null,
            Brightness = face.Brightness is >= 0 and <= 1 ? face.Brightness : null,
        };

    private static EyeReading Of(in EyeReading eye) =>
        eye.AspectRatio is >= 0 and < 10 && eye.Visibility is >= 0 and <= 1
            ? eye with
            {
                Contrast = eye.Contrast is >= 0 and <= 1 ? eye.Contrast : null,
            }
            : new(null, 0);

    private static HandReading? Of(HandReading? hand) =>
        hand is { Score: >= 0 and <= 1, Aside: > -100 and < 100, Below: > -100 and < 100, Size: >= 0 and < 100 } ? hand : null;

    private static bool IsShare(float value) => value is >= 0 and <= 1;

    private static bool IsAngle(double degrees) => degrees is >= -180 and <= 180;
}
