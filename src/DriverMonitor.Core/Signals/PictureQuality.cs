namespace DriverMonitor.Core.Signals;

/// <summary>What one picture is worth before anybody looks for a face in it, measured over the whole of it.</summary>
/// <param name="Brightness">Mean luma, 0 black to 1 white.</param>
/// <param name="Contrast">Standard deviation of the luma, in the same unit: 0 a bare wall or a covered lens, about 0.2 an ordinary cab.</param>
/// <param name="Sharpness">
/// Mean absolute difference of neighbouring pixels' luma over <paramref name="Contrast"/>, on a picture of 160 columns:
/// 0 no edges at all, from about 0.1 on edges as a lens in focus draws them.
/// </param>
/// <param name="SaturatedShare">Share of the pixels as white as they can be, 0..1.</param>
/// <param name="Frozen">The same picture as the one before, to the last pixel. A living sensor's noise never repeats.</param>
public readonly record struct PictureQuality(double Brightness, double Contrast, double Sharpness, double SaturatedShare, bool Frozen);
