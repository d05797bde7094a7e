using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate;

namespace DriverMonitor.Cli;

/// <summary>
/// The demo's second drive, which nobody could watch: twenty calm minutes in which the driver is learned, five tired ones, ten to
/// recover, four with a racing heart. Its measures are written down here, so it is judged without pictures and in a moment.
/// </summary>
internal static class FastDrive
{
    private const double PicturesPerSecond = 10;

    /// <summary>Height over width of the demo's eyes, open and shut.</summary>
    private const double Open = 0.30, Shut = 0.12;

    /// <summary>A face at rest, in units of the distance between the outer corners of the eyes.</summary>
    private static readonly FaceShape AtRest = new()
    {
        InnerBrowHeight = 0.25, BrowGap = 0.3, LidGap = 0.1, LowerLidDrop = 0.05, NoseWingDrop = 0.4, UpperLipDrop = 0.15,
        MouthCornerLift = 0, MouthWidth = 0.5, ChinDrop = 0.3, LipHeight = 0.2, LipGap = 0,
    };

    public static readonly TimeSpan TiredFrom = TimeSpan.FromMinutes(20), TiredUntil = TimeSpan.FromMinutes(25),
        StressedFrom = TimeSpan.FromMinutes(35), Until = TimeSpan.FromMinutes(39);

    /// <param name="from">The time at which it begins.</param>
    public static IEnumerable<Observation> Observe(TimeSpan from)
    {
        var heart = new ScriptedHeart(racesFrom: StressedFrom);
        for (var picture = 0; ; picture++)
        {
            var at = TimeSpan.FromSeconds(picture / PicturesPerSecond);
            if (at >= Until) yield break;
            while (heart.TryRead(at, out var beaten, out var packet)) yield return new(from + beaten, Heart: packet);
            yield return new(from + at, Face: FaceAt(at), Vehicle: new(90));
        }
    }

    /// <summary>Blinks every four seconds; tired, the lids hang, and close for 0.6 s.</summary>
    private static FaceReading FaceAt(TimeSpan at)
    {
        var (second, isTired) = (at.TotalSeconds, at >= TiredFrom && at < TiredUntil);
        var lids = isTired ? second % 5 is >= 2 and < 2.6 ? 0 : 0.8 : second % 4 is >= 2 and < 2.15 ? 0 : 1;
        var eye = new EyeReading(Shut + lids * (Open - Shut), 1);
        return new()
        {
            Sight = Sight.Driver, Presence = 1, LeftEye = eye, RightEye = eye, Head = new(0, 0, 0), Shape = AtRest,
            MouthOpen = isTired && second % 60 is >= 30 and < 34 ? 0.6 : 0,
            Expression = new() { Angry = 0.05f, Neutral = 0.95f },
        };
    }
}
