using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Web.Aim;

/// <summary>What to do about the camera, most important first: keys of the page's words.</summary>
internal static class AimHints
{
    /// <summary>
    /// A face this wide shows lids of 7 pixels and more at 640 across, the least from which a closure can be measured;
    /// wider than the second it leaves the picture when the driver leans forward (both engineering judgement).
    /// </summary>
    private const double Narrowest = 0.16, Widest = 0.55;

    /// <summary>How far the face's middle may lie from the picture's, as a share of its side.</summary>
    private const double OffCentre = 0.22;

    /// <summary>Beyond it one eye hides behind the nose.</summary>
    private const double MostTurned = 30;

    /// <summary>
    /// Who looks ahead is best seen from 10 to 25 degrees below. From above, lids that sink a little look shut; from far below,
    /// nostrils hide them.
    /// </summary>
    private const double MostFromAbove = -15, MostFromBelow = 35;

    /// <summary>More than a head is ever held askew for long.</summary>
    private const double MostTilted = 20;

    /// <summary>Nearer to the next quarter turn than to none.</summary>
    private const double OnItsSide = 45, UpsideDown = 135;

    public static IReadOnlyList<string> For(AimPicture picture, PictureSettings limits)
    {
        var hints = new List<string>();
        if (picture.Quality is { } quality) Light(quality, limits, hints);
        if (picture.Points.Length > 0)
        {
            Place(picture, hints);
            if (picture.Face.Head is { } head) Direction(head, hints);
        }
        else if (picture.Face.Sight == Sight.Ambiguous)
        {
            hints.Add("many_faces");
        }
        else if (hints.Count == 0)
        {
            // In a poor picture nobody can tell whether there is a face.
            hints.Add("no_face");
        }

        if (hints.Count == 0) hints.Add("good");
        return hints;
    }

    private static void Light(in PictureQuality quality, PictureSettings limits, List<string> hints)
    {
        if (quality.Brightness < limits.DarkBelow) hints.Add("too_dark");
        else if (quality.Contrast < limits.CoveredContrast) hints.Add("covered");
        else if (quality.SaturatedShare > limits.GlareAbove) hints.Add("less_glare");
        else if (quality.Sharpness < limits.BlurredBelow) hints.Add("blurred");
    }

    private static void Place(AimPicture picture, List<string> hints)
    {
        int left = picture.Width, right = 0, top = picture.Height, bottom = 0;
        for (var i = 0; i < picture.Points.Length; i += 2)
        {
            (left, right) = (Math.Min(left, picture.Points[i]), Math.Max(right, picture.Points[i]));
            (top, bottom) = (Math.Min(top, picture.Points[i + 1]), Math.Max(bottom, picture.Points[i + 1]));
        }

        var width = (right - left) / (double)picture.Width;
        if (width < Narrowest) hints.Add("move_closer");
        if (width > Widest) hints.Add("move_back");
        var across = (left + right) / 2.0 / picture.Width - 0.5;
        var down = (top + bottom) / 2.0 / picture.Height - 0.5;
        if (across < -OffCentre) hints.Add("face_left");
        if (across > OffCentre) hints.Add("face_right");
        if (down > OffCentre) hints.Add("face_low");
        if (down < -OffCentre) hints.Add("face_high");
    }

    private static void Direction(in HeadPose head, List<string> hints)
    {
        var tilt = Math.Abs(head.RollDegrees);
        if (tilt > UpsideDown) hints.Add("upside_down");
        else if (tilt > OnItsSide) hints.Add("on_its_side");
        else if (tilt > MostTilted) hints.Add("level_camera");
        if (Math.Abs(head.YawDegrees) > MostTurned) hints.Add("turn_camera");
        if (head.PitchDegrees < MostFromAbove) hints.Add("mount_lower");
        if (head.PitchDegrees > MostFromBelow) hints.Add("mount_higher");
    }
}
