namespace DriverMonitor.Core.Signals;

/// <summary>Where in the upright picture a face is, and how large.</summary>
/// <param name="CentreX">Of the face, in shares of the picture's width from its left.</param>
/// <param name="CentreY">In shares of its height from its top.</param>
/// <param name="Inside">Share of the face's box that lies inside the picture, 0..1.</param>
/// <param name="EyePixels">Between the outer corners of the eyes, in pixels.</param>
public readonly record struct FacePlace(double CentreX, double CentreY, double Inside, double EyePixels);
