using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Faces;

/// <summary>
/// Reads action units off the change of a face's distances against the same person's neutral face. Each is a distance
/// that moves when the muscle pulls, over how far it moves at most:
/// <code>
///   brow    \__/   height and gap fall: AU4        lids   upper up: AU5, lower up: AU7
///   nose     /\    wing rises: AU9                 mouth  lip's edge up: AU10, corners up and out: AU12
///   lips    ----   red grows thin: AU23/24         chin   up: AU17
/// </code>
/// Full movements are our judgement from adult faces (outer eye corners 90 mm apart) and are the same for everybody:
/// they bound the scale and never decide alone. Limits: a turned head, a beard, a hand at the mouth, and make-up or
/// glasses rims at the brow shift distances without any movement.
/// </summary>
public static class ActionUnitMapper
{
    // Millimetres of full movement over 90 mm between the outer eye corners.
    private const double BrowDrop = 6 / 90.0, BrowGapLoss = 5 / 90.0, LidRise = 3 / 90.0, LowerLidRise = 2 / 90.0,
        NoseWingRise = 4 / 90.0, UpperLipRise = 4 / 90.0, CornerLift = 6 / 90.0, MouthSpread = 8 / 90.0,
        ChinRise = 5 / 90.0, LipThinning = 6 / 90.0, LipOpening = 20 / 90.0;

    // An open mouth stretches lips and chin; from here on what they show is the jaw's doing.
    private const double LipsHideAt = 0.5;

    /// <summary>Units of the face <paramref name="now"/> against the person's <paramref name="neutral"/> one.</summary>
    public static ActionUnits Map(in FaceShape now, in FaceShape neutral)
    {
        double parting = Moved(now.LipGap - neutral.LipGap, LipOpening);
        double closed = Math.Max(0, 1 - parting / LipsHideAt);
        return new()
        {
            BrowLowering = 0.6 * Moved(neutral.InnerBrowHeight - now.InnerBrowHeight, BrowDrop)
                + 0.4 * Moved(neutral.BrowGap - now.BrowGap, BrowGapLoss),
            LidRaising = Moved(now.LidGap - neutral.LidGap, LidRise),
            LidTightening = Moved(neutral.LowerLidDrop - now.LowerLidDrop, LowerLidRise),
            NoseWrinkling = Moved(neutral.NoseWingDrop - now.NoseWingDrop, NoseWingRise),
            UpperLipRaising = closed * Moved(neutral.UpperLipDrop - now.UpperLipDrop, UpperLipRise),
            Smiling = 0.5 * Moved(now.MouthCornerLift - neutral.MouthCornerLift, CornerLift)
                + 0.5 * Moved(now.MouthWidth - neutral.MouthWidth, MouthSpread),
            ChinRaising = closed * Moved(neutral.ChinDrop - now.ChinDrop, ChinRise),
            LipPressing = closed * Moved(neutral.LipHeight - now.LipHeight, LipThinning),
            LipsParting = parting,
        };
    }

    private static double Moved(double by, double full) => double.IsFinite(by) ? Math.Clamp(by / full, 0, 1) : 0;
}
