using DriverMonitor.Core.Features;
using DriverMonitor.Host;

namespace DriverMonitor.Web;

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

    public static IReadOnlyList<string> For(AimPicture picture, PictureSettings limits)
    {
        var hints = new List<string>();
        if (picture.Face.Picture is { } quality)
        {
            if (quality.Brightness < limits.DarkBelow) hints.Add("too_dark");
            if (quality.SaturatedShare > limits.GlareAbove) hints.Add("less_glare");
        }

        if (picture.Points.Length == 0) hints.Add("no_face");
        else Place(picture, hints);
        if (picture.Face.Head is { } head && Math.Abs(head.YawDegrees) > MostTurned) hints.Add("turn_camera");
        if (hints.Count == 0) hints.Add("good");
        return hints;
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
}
