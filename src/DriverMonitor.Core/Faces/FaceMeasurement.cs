using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Faces;

/// <summary>From mesh to reading: eyes, mouth, head, gaze and shape of one face. Geometry only, nothing is remembered.</summary>
public static class FaceMeasurement
{
    /// <param name="face">The mesh, in pixels of the upright picture.</param>
    /// <param name="presence">The mesh's own belief that it lies on a face, 0..1.</param>
    /// <param name="trackId">Which face it is.</param>
    /// <param name="width">Of the upright picture: an eye beyond its edge is the mesh's guess.</param>
    /// <param name="height">Of the upright picture.</param>
    public static FaceReading Read(in FaceLandmarks face, double presence, int trackId, double width, double height)
    {
        var rotation = HeadPoseFit.Rotation(face);
        var head = HeadPoseFit.Pose(face, rotation);
        var left = new EyeReading(EyeAspect.Left(face), InPicture(face[FacePoints.LeftEyeOuter]) * EyeVisibility.Left(head));
        var right = new EyeReading(EyeAspect.Right(face), InPicture(face[FacePoints.RightEyeOuter]) * EyeVisibility.Right(head));

        return new FaceReading
        {
            Sight = Sight.Driver,
            Presence = presence,
            TrackId = trackId,
            LeftEye = left,
            RightEye = right,
            MouthOpen = MouthAspect.Of(face),
            Head = head,
            Gaze = GazeEstimate.Of(face, rotation, left, right),
            Shape = FaceShapeMeasure.Of(face, rotation),
            Place = FaceBox.Place(face, width, height),
        };

        double InPicture(Point3 p) => p.X >= 0 && p.Y >= 0 && p.X < width && p.Y < height ? 1 : 0;
    }
}
