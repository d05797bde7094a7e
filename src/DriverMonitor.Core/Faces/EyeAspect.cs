namespace DriverMonitor.Core.Faces;

/// <summary>Eye aspect ratio, EAR (Soukupova and Cech 2016): mean lid gap over the eye's width, in pixels.</summary>
public static class EyeAspect
{
    public static double Left(in FaceLandmarks face) => Of(face, FacePoints.LeftEyeRing);

    public static double Right(in FaceLandmarks face) => Of(face, FacePoints.RightEyeRing);

    /// <summary>The formula itself, for six points: corner, upper lid twice, corner, lower lid twice.</summary>
    public static double Of(ReadOnlySpan<Point3> ring) =>
        ((ring[1] - ring[5]).FlatLength + (ring[2] - ring[4]).FlatLength) / (2 * (ring[0] - ring[3]).FlatLength);

    private static double Of(in FaceLandmarks face, ReadOnlySpan<int> ring) =>
        Of([face[ring[0]], face[ring[1]], face[ring[2]], face[ring[3]], face[ring[4]], face[ring[5]]]);
}
