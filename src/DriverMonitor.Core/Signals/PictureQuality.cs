namespace DriverMonitor.Core.Signals;

/// <summary>What one picture is worth before anybody looks for a face in it, measured on a grid over the whole of it.</summary>
/// <param name="Brightness">Mean luma, 0 black to 1 white.</param>
/// <param name="Contrast">Standard deviation of the luma on the same scale: 0.01 behind a hand, 0.2 and more in an ordinary
/// cab.</param>
/// <param name="Sharpness">
/// Root mean square of the Laplacian (mean of the four neighbours a 320th of the picture's width away, minus the pixel) over
/// <paramref name="Contrast"/>: 0.05 to 0.12 in focus, 0.01 out of it, 0.7 where only noise is left (three cab clips, blurred and
/// darkened).
/// </param>
/// <param name="SaturatedShare">Share of the pixels at 0.98 and more, 0..1: 0 ordinarily, 0.4 and more in a picture washed out by
/// the sun.</param>
/// <param name="Frozen">The same picture as at the last measurement, to the pixel. A living sensor's noise never repeats.</param>
public readonly record struct PictureQuality(
    double Brightness, double Contrast, double Sharpness, double SaturatedShare, bool Frozen);
