using System.Globalization;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.Support;

/// <summary>
/// A scripted drive. Parts are separated by ";": a time, then what is so during it; what is not named is neutral (eyes
/// open, head and gaze straight, mouth closed). Speed and strap stay until they are said anew. Values may run: "pitch 0>-18".
/// </summary>
/// <remarks>
/// open, shut, lids O, lid L R, blinking (0.15 s every 4 s), drowsy (0.6 s every 5 s), yaw D, pitch D, roll D, gaze Y P, unsure
/// (that gaze), mouth R, smile S, scowl S, squint S, chatter (0..1; the face's shape is seen where one of these is said), angry P
/// (the expression model's), bright B, hand (mouth unseen), phone P (a detector's confidence), look S (how often it looks, in
/// seconds; else in each picture), palm X Y (a hand, in faces aside and below the eyes), belt P, sunglasses, eyes L R (how well
/// each is seen), patch L R (the contrast of each, of the face's), light C N (contrast and noise of the face), blink L R (the
/// blendshapes of the lids), nopose, noface, ambiguous (one of two faces), rivals L R (the lids of two faces of which either may
/// drive), rival L (those of a second face beside the one that is taken for the driver's), place X PIXELS (of the face in the
/// picture's width, and between its eyes), presence P (how surely it is a face), noframe, asleep, covered, dark, glare, blurred,
/// frozen (the picture), silence, speed KMH, speed gone, steer D, indicate left|right|off, wipers, track N; a strap that stays
/// as it is: heart BPM, strap off, strap gone.
/// At the first picture of a part: button (the driver acknowledges), clock S (the clock of the pictures is set by that many
/// seconds).
/// </remarks>
public static class Drive
{
    public const double OpenAperture = 0.30;
    public const double ShutAperture = 0.12;

    private static readonly PictureQuality Good = new(0.45, 0.25, 0.09, 0, false);

    public static IEnumerable<Observation> Of(string script, double framesPerSecond = 20)
    {
        var clock = new Clock(framesPerSecond);
        foreach (var part in script.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var from = clock.PartStart;
            var lasting = Number(words[0].TrimEnd('s'), 0);
            clock.PartStart += lasting;
            clock.IsPartNew = true;
            for (; clock.Next < clock.PartStart - 1e-9; clock.Tick())
            {
                if (Observe(words, clock, (clock.Next - from) / lasting) is { } observation) yield return observation;
            }
        }
    }

    private static Observation? Observe(string[] words, Clock clock, double share)
    {
        var sight = Sight.Driver;
        double presence = 1, left = 1, right = 1, yaw = 0, pitch = 0, roll = 0, mouth = 0, leftSeen = 1, rightSeen = 1;
        double? smile = null, scowl = null, squint = null, angry = null, bright = null;
        bool pose = true, seen = true, button = false, unsure = false;
        Gaze? gaze = null;
        Indicator? indicator = null;
        bool? wipers = null;
        double? steering = null, phone = null, leftPatch = null, rightPatch = null;
        double every = 0;
        HandReading? palm = null;
        double? belt = null;
        FaceLight? light = null;
        FacePlace? place = null;
        EyeReading? rival = null;
        Blendshapes? blink = null;
        VehicleReading? vehicle = clock.Speed is { } standing ? new(standing) : null;
        FaceReading? other = null;
        var quality = Good;

        for (var i = 1; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "open":
                    break;
                case "shut":
                    left = right = 0;
                    break;
                case "lids":
                    left = right = Number(words[++i], share);
                    break;
                case "lid":
                    (left, right) = (Number(words[++i], share), Number(words[++i], share));
                    break;
                case "blinking":
                    left = right = clock.Next % 4 is >= 2 and < 2.15 ? 0 : 1;
                    break;
                case "drowsy":
                    left = right = clock.Next % 5 is >= 2 and < 2.6 ? 0 : 0.8;
                    break;
                case "yaw":
                    yaw = Number(words[++i], share);
                    break;
                case "pitch":
                    pitch = Number(words[++i], share);
                    break;
                case "roll":
                    roll = Number(words[++i], share);
                    break;
                case "gaze":
                    gaze = new(Number(words[++i], share), Number(words[++i], share), 0.9);
                    break;
                case "unsure":
                    unsure = true;
                    break;
                case "mouth":
                    mouth = Number(words[++i], share);
                    break;
                case "smile":
                    smile = Number(words[++i], share);
                    break;
                case "scowl":
                    scowl = Number(words[++i], share);
                    break;
                case "squint":
                    squint = Number(words[++i], share);
                    break;
                case "chatter":
                    mouth = 0.12 + 0.1 * Math.Sin(2 * Math.PI * 2.7 * clock.Next);
                    break;
                case "angry":
                    angry = Number(words[++i], share);
                    break;
                case "bright":
                    bright = Number(words[++i], share);
                    break;
                case "hand":
                    seen = false;
                    break;
                case "phone":
                    phone = Number(words[++i], share);
                    break;
                case "look":
                    every = Number(words[++i], share);
                    break;
                case "belt":
                    belt = Number(words[++i], share);
                    break;
                case "palm":
                    palm = new(0.9, Number(words[++i], share), Number(words[++i], share), 0.6);
                    break;
                case "sunglasses":
                    leftSeen = rightSeen = 0.1;
                    break;
                case "eyes":
                    (leftSeen, rightSeen) = (Number(words[++i], share), Number(words[++i], share));
                    break;
                case "patch":
                    (leftPatch, rightPatch) = (Number(words[++i], share), Number(words[++i], share));
                    break;
                case "light":
                    light = new(Number(words[++i], share), Number(words[++i], share));
                    break;
                case "blink":
                    blink = new((float)Number(words[++i], share), (float)Number(words[++i], share), 0, 0, 0, 0, 0, 0);
                    break;
                case "nopose":
                    pose = false;
                    break;
                case "noface":
                    other = FaceReading.NoFace;
                    break;
                case "covered":
                    other = FaceReading.NoFace;
                    quality = new(0.3, 0.01, 0.7, 0, false);
                    break;
                case "dark":
                    quality = new(0.04, 0.05, 0.1, 0, false);
                    break;
                case "glare":
                    quality = new(0.9, 0.14, 0.1, 0.6, false);
                    break;
                case "blurred":
                    quality = Good with { Sharpness = 0.012 };
                    break;
                case "frozen":
                    quality = Good with { Frozen = true };
                    break;
                case "ambiguous":
                    sight = Sight.Ambiguous;
                    break;
                case "presence":
                    presence = Number(words[++i], share);
                    break;
                case "rivals":
                    other = new()
                    {
                        Sight = Sight.Ambiguous,
                        Presence = 1,
                        LeftEye = Seen(words[++i], share),
                        RightEye = Seen(words[++i], share),
                    };
                    break;
                case "rival":
                    rival = Seen(words[++i], share);
                    break;
                case "place":
                    place = new(Number(words[++i], share), 0.5, 1, Number(words[++i], share));
                    break;
                case "noframe":
                    other = FaceReading.NoFrame;
                    break;
                case "asleep":
                    other = FaceReading.Asleep;
                    break;
                case "silence":
                    return null;
                case "speed" when words[i + 1] == "gone":
                    (clock.Speed, vehicle, i) = (null, null, i + 1);
                    break;
                case "speed":
                    vehicle = new(clock.Speed = Number(words[++i], share));
                    break;
                case "button":
                    button = clock.IsPartNew;
                    break;
                case "clock" when clock.IsPartNew:
                    clock.SetBy += Number(words[++i], share);
                    break;
                case "clock":
                    i++;
                    break;
                case "steer":
                    steering = Number(words[++i], share);
                    break;
                case "indicate":
                    indicator = Enum.Parse<Indicator>(words[++i], ignoreCase: true);
                    break;
                case "wipers":
                    wipers = true;
                    break;
                case "heart":
                    clock.Strap = Strap.Worn(Number(words[++i], share));
                    break;
                case "strap":
                    clock.Strap = words[++i] == "off" ? Strap.Off : null;
                    break;
                case "track":
                    clock.Track = (int)Number(words[++i], share);
                    break;
                default:
                    throw new FormatException($"'{words[i]}' is no word of a drive.");
            }
        }

        clock.IsPartNew = false;
        // Twice a second, say: in the first picture of each half second.
        var looks = every <= 0 || (clock.Next + 1e-9) % every < clock.Interval - 1e-6;

        var heart = clock.Strap?.Packet(clock.Next, clock.BeatsFrom);
        if (heart is not null) clock.BeatsFrom = clock.Next;
        return new(TimeSpan.FromSeconds(clock.Next + clock.SetBy), (other ?? new FaceReading
        {
            Sight = sight,
            Presence = presence,
            TrackId = clock.Track,
            LeftEye = new(Aperture(left), leftSeen, leftPatch * light?.Contrast),
            RightEye = new(Aperture(right), rightSeen, rightPatch * light?.Contrast),
            Light = light,
            Blendshapes = blink,
            MouthOpen = seen ? mouth : null,
            Head = pose ? new(yaw, pitch, roll) : null,
            Gaze = unsure && gaze is { } guess ? guess with { Quality = 0.3 } : gaze,
            Shape = (smile ?? scowl ?? squint) is null ? null : Shape(smile ?? 0, scowl ?? 0, squint ?? 0),
            Expression = angry is { } look ? new() { Angry = (float)look, Neutral = (float)(1 - look) } : null,
            Brightness = bright,
            PhoneSeen = looks ? phone : null,
            BeltWorn = looks ? belt : null,
            Hands = looks && (every > 0 || palm is not null) ? new(palm, null) : null,
            RivalEye = rival,
            Place = place,
        }) with { Picture = clock.IsMeasured() ? quality : null }, heart,
            Vehicle: steering is null && indicator is null && wipers is null
                ? vehicle : new(clock.Speed, steering, Indicator: indicator, WipersOn: wipers),
            Acknowledged: button);
    }

    private static EyeReading Seen(string lids, double share) => new(Aperture(Number(lids, share)), 1);

    private static double Aperture(double lids) => ShutAperture + lids * (OpenAperture - ShutAperture);

    /// <summary>
    /// A face at rest whose muscles pull as far as they go at 1: a scowl draws brows and lips, a squint brows and lids.
    /// </summary>
    private static FaceShape Shape(double smile, double scowl, double squint)
    {
        var brow = Math.Max(scowl, 0.7 * squint);
        return new()
        {
            InnerBrowHeight = 0.25 - brow * 6 / 90, BrowGap = 0.3 - brow * 5 / 90, LidGap = 0.1,
            LowerLidDrop = 0.05 - Math.Max(0.6 * scowl, squint) * 2 / 90, NoseWingDrop = 0.4, UpperLipDrop = 0.15,
            MouthCornerLift = smile * 6 / 90, MouthWidth = 0.5 + smile * 8 / 90, ChinDrop = 0.3 - 0.5 * scowl * 5 / 90,
            LipHeight = 0.2 - scowl * 6 / 90, LipGap = 0,
        };
    }

    private static double Number(string text, double share)
    {
        var ends = text.Split('>');
        var from = double.Parse(ends[0], CultureInfo.InvariantCulture);
        return ends.Length == 1 ? from : from + share * (double.Parse(ends[1], CultureInfo.InvariantCulture) - from);
    }

    private sealed class Clock(double framesPerSecond)
    {
        private int _frame;
        private double _measureAt;

        public double PartStart { get; set; }
        public bool IsPartNew { get; set; }
        public double SetBy { get; set; }
        public double Next => _frame / framesPerSecond;
        public double Interval => 1 / framesPerSecond;
        public double? Speed { get; set; }
        public int Track { get; set; }
        public Strap? Strap { get; set; }
        public double? BeatsFrom { get; set; }

        public void Tick() => _frame++;

        /// <summary>The picture's quality is measured twice a second.</summary>
        public bool IsMeasured()
        {
            if (Next < _measureAt) return false;
            _measureAt = Next + 0.5;
            return true;
        }
    }
}
