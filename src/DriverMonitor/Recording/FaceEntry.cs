using DriverMonitor.Core.Signals;

namespace DriverMonitor.Recording;

/// <summary>One reading of a face in a recording: which measures are there, then these measures.</summary>
internal static class FaceEntry
{
    [Flags]
    private enum Has : ushort
    {
        Nothing = 0,
        Person = 1,
        LeftEye = 2,
        RightEye = 4,
        Mouth = 8,
        Head = 16,
        Gaze = 32,
        Shape = 64,
        Expression = 128,
        Brightness = 256,
        Picture = 512,
        Phone = 1024,
        Background = 2048,
        Blendshapes = 4096,
        Light = 8192,
        LeftContrast = 16384,
        RightContrast = 32768,
    }

    /// <summary>What the first sixteen marks have no room for; they are there where the byte of the sight says so.</summary>
    [Flags]
    private enum More : ushort
    {
        Nothing = 0,
        Rival = 1,
        RivalRatio = 2,
        Place = 4,
        Hands = 8,
        Belt = 16,
    }

    private const byte HasMore = 0x80;

    public static void Write(ref BlockWriter block, in FaceReading face)
    {
        var (has, more) = (WhatIsIn(face), MoreIn(face));
        block.Byte((byte)((byte)face.Sight | (more != More.Nothing ? HasMore : 0)));
        block.Short((ushort)has);
        if (more != More.Nothing) block.Short((ushort)more);
        if ((has & Has.Person) != 0) Person(ref block, face);
        if (face.MouthOpen is { } mouth) block.Double(mouth);
        if (face.Head is { } head) Three(ref block, head.YawDegrees, head.PitchDegrees, head.RollDegrees);
        if (face.Gaze is { } gaze) Three(ref block, gaze.YawDegrees, gaze.PitchDegrees, gaze.Quality);
        if (face.Shape is { } shape) Shape(ref block, shape);
        if (face.Expression is { } expression) Expression(ref block, expression);
        if (face.Brightness is { } brightness) block.Double(brightness);
        if (face.Picture is { } picture) Picture(ref block, picture);
        if (face.PhoneSeen is { } phone) block.Double(phone);
        if (face.BackgroundMotion is { } background) block.Double(background);
        if (face.Blendshapes is { } shapes) Blendshapes(ref block, shapes);
        if (face.Light is { } light)
        {
            block.Double(light.Contrast);
            block.Double(light.Noise);
        }

        if (face.LeftEye.Contrast is { } left) block.Double(left);
        if (face.RightEye.Contrast is { } right) block.Double(right);
        if (face.RivalEye is { } rival) Eye(ref block, rival);
        if (face.Place is { } place) Place(ref block, place);
        if (face.Hands is { } hands) HandsEntry.Write(ref block, hands);
        if (face.BeltWorn is { } belt) block.Double(belt);
    }

    public static FaceReading Read(ref BlockReader block)
    {
        var first = block.Byte();
        var sight = first & ~HasMore;
        if (sight > (byte)Sight.Asleep) throw new InvalidDataException($"sight {sight} is unknown");
        var has = (Has)block.Short();
        var more = (first & HasMore) != 0 ? (More)block.Short() : More.Nothing;
        var face = new FaceReading { Sight = (Sight)sight };
        if ((has & Has.Person) != 0)
        {
            face = face with
            {
                Presence = block.Double(), TrackId = block.Int(),
                LeftEye = Eye(ref block, (has & Has.LeftEye) != 0), RightEye = Eye(ref block, (has & Has.RightEye) != 0),
            };
        }

        // In the order in which they were written: an initialiser runs from top to bottom.
        return face with
        {
            MouthOpen = (has & Has.Mouth) != 0 ? block.Double() : null,
            Head = (has & Has.Head) != 0 ? new(block.Double(), block.Double(), block.Double()) : null,
            Gaze = (has & Has.Gaze) != 0 ? new(block.Double(), block.Double(), block.Double()) : null,
            Shape = (has & Has.Shape) != 0 ? Shape(ref block) : null,
            Expression =
                (has & Has.Expression) != 0
                    ? new(block.Float(), block.Float(), block.Float(), block.Float(), block.Float(), block.Float(), block.Float())
                    : null,
            Brightness = (has & Has.Brightness) != 0 ? block.Double() : null,
            Picture = (has & Has.Picture) != 0
                ? new(block.Double(), block.Double(), block.Double(), block.Double(), block.Byte() != 0) : null,
            PhoneSeen = (has & Has.Phone) != 0 ? block.Double() : null,
            BackgroundMotion = (has & Has.Background) != 0 ? block.Double() : null,
            Blendshapes = (has & Has.Blendshapes) != 0 ? Blendshapes(ref block) : null,
            Light = (has & Has.Light) != 0 ? new(block.Double(), block.Double()) : null,
            LeftEye = (has & Has.LeftContrast) != 0 ? face.LeftEye with { Contrast = block.Double() } : face.LeftEye,
            RightEye = (has & Has.RightContrast) != 0 ? face.RightEye with { Contrast = block.Double() } : face.RightEye,
            RivalEye = (more & More.Rival) != 0 ? Eye(ref block, (more & More.RivalRatio) != 0) : null,
            Place = (more & More.Place) != 0 ? new(block.Double(), block.Double(), block.Double(), block.Double()) : null,
            Hands = (more & More.Hands) != 0 ? HandsEntry.Read(ref block) : null,
            BeltWorn = (more & More.Belt) != 0 ? block.Double() : null,
        };
    }

    private static Blendshapes Blendshapes(ref BlockReader block) => new(
        block.Float(), block.Float(), block.Float(), block.Float(), block.Float(), block.Float(), block.Float(), block.Float());

    private static Has WhatIsIn(in FaceReading face)
    {
        var has = Has.Nothing;
        if (
            face.Sight == Sight.Driver
            || face.Presence != 0
            || face.TrackId != 0
            || face.LeftEye != default
            || face.RightEye != default)
            has |= Has.Person;
        if (face.LeftEye.AspectRatio is not null)
            has |= Has.LeftEye;
        if (face.RightEye.AspectRatio is not null)
            has |= Has.RightEye;
        if (face.MouthOpen is not null)
            has |= Has.Mouth;
        if (face.Head is not null)
            has |= Has.Head;
        if (face.Gaze is not null)
            has |= Has.Gaze;
        if (face.Shape is not null)
            has |= Has.Shape;
        if (face.Expression is not null)
            has |= Has.Expression;
        if (face.Brightness is not null)
            has |= Has.Brightness;
        if (face.Picture is not null)
            has |= Has.Picture;
        if (face.PhoneSeen is not null)
            has |= Has.Phone;
        if (face.BackgroundMotion is not null)
            has |= Has.Background;
        if (face.Blendshapes is not null)
            has |= Has.Blendshapes;
        if (face.Light is not null)
            has |= Has.Light;
        if (face.LeftEye.Contrast is not null)
            has |= Has.LeftContrast;
        if (face.RightEye.Contrast is not null)
            has |= Has.RightContrast;
        return has;
    }

    private static More MoreIn(in FaceReading face) =>
        (face.RivalEye is null ? More.Nothing : More.Rival)
        | (face.RivalEye?.AspectRatio is null ? More.Nothing : More.RivalRatio)
        | (face.Place is null ? More.Nothing : More.Place)
        | (face.Hands is null ? More.Nothing : More.Hands)
        | (face.BeltWorn is null ? More.Nothing : More.Belt);

    private static void Place(ref BlockWriter block, in FacePlace place)
    {
        Three(ref block, place.CentreX, place.CentreY, place.Inside);
        block.Double(place.EyePixels);
    }

    private static void Person(ref BlockWriter block, in FaceReading face)
    {
        block.Double(face.Presence);
        block.Int(face.TrackId);
        Eye(ref block, face.LeftEye);
        Eye(ref block, face.RightEye);
    }

    private static void Eye(ref BlockWriter block, in EyeReading eye)
    {
        if (eye.AspectRatio is { } ratio) block.Double(ratio);
        block.Double(eye.Visibility);
    }

    private static EyeReading Eye(ref BlockReader block, bool hasRatio) => new(hasRatio ? block.Double() : null, block.Double());

    private static void Three(ref BlockWriter block, double first, double second, double third)
    {
        block.Double(first);
        block.Double(second);
        block.Double(third);
    }

    private static void Shape(ref BlockWriter block, in FaceShape shape)
    {
        Three(ref block, shape.InnerBrowHeight, shape.BrowGap, shape.LidGap);
        Three(ref block, shape.LowerLidDrop, shape.NoseWingDrop, shape.UpperLipDrop);
        Three(ref block, shape.MouthCornerLift, shape.MouthWidth, shape.ChinDrop);
        block.Double(shape.LipHeight);
        block.Double(shape.LipGap);
    }

    private static FaceShape Shape(ref BlockReader block) => new()
    {
        InnerBrowHeight = block.Double(), BrowGap = block.Double(), LidGap = block.Double(),
        LowerLidDrop = block.Double(), NoseWingDrop = block.Double(), UpperLipDrop = block.Double(),
        MouthCornerLift = block.Double(), MouthWidth = block.Double(), ChinDrop = block.Double(),
        LipHeight = block.Double(), LipGap = block.Double(),
    };

    private static void Expression(ref BlockWriter block, in Expression expression)
    {
        block.Float(expression.Neutral);
        block.Float(expression.Happy);
        block.Float(expression.Sad);
        block.Float(expression.Angry);
        block.Float(expression.Fearful);
        block.Float(expression.Disgusted);
        block.Float(expression.Surprised);
    }

    private static void Blendshapes(ref BlockWriter block, in Blendshapes shapes)
    {
        block.Float(shapes.LeftBlink);
        block.Float(shapes.RightBlink);
        block.Float(shapes.LookDown);
        block.Float(shapes.BrowDown);
        block.Float(shapes.JawOpen);
        block.Float(shapes.Smile);
        block.Float(shapes.MouthPress);
        block.Float(shapes.NoseSneer);
    }

    private static void Picture(ref BlockWriter block, in PictureQuality picture)
    {
        Three(ref block, picture.Brightness, picture.Contrast, picture.Sharpness);
        block.Double(picture.SaturatedShare);
        block.Byte((byte)(picture.Frozen ? 1 : 0));
    }
}
