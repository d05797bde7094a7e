using DriverMonitor.Camera;

namespace DriverMonitor.Vision;

/// <summary>Says for <c>check</c> if the face in a picture does not stand upright.</summary>
internal static class MountProbe
{
    private const string FarAway = "; the face in it is small: move the camera nearer, or set Vision:FarFace";

    /// <summary>A detected box this wide has 30 pixels between the eyes' outer corners, and lids of 3.</summary>
    private const double NarrowestFace = 45;

    /// <summary>In shares of the picture: a face whose middle lies nearer to its edge leaves it with the next turn.</summary>
    private const double NearEdge = 0.12;

    /// <returns>What to do about it; empty where the face stands upright, where there is none, and without models.</returns>
    public static string Advice(Frame frame, PictureOrientation orientation, VisionSettings settings)
    {
        try
        {
            var store = ModelStore.Open(settings);
            using var detector = new FaceDetector(store, settings.FarFace, TimeProvider.System);
            using var far = new FaceDetector(store, far: true, TimeProvider.System);
            var faces = new FacePickup(detector, detector).Find(frame, orientation);
            if (faces.Length == 0) return far.Find(frame, orientation).Length > 0 ? FarAway : "";
            var quarters = (int)Math.Round(CropArea.ForMesh(faces[0]).AngleRadians / (Math.PI / 2));
            if (quarters == 0) return AdviceOnPlace(faces[0], orientation.UprightSize(frame));
            var turned = (orientation.RotateDegrees - 90 * quarters + 720) % 360;
            return $"; the face in it {(quarters is 2 or -2 ? "stands on its head" : "lies on its side")}: "
                + $"turn the camera, or set Camera:RotateDegrees to {turned}";
        }
        catch (ModelException)
        {
            return ""; // the line of the models says so
        }
    }

    private static string AdviceOnPlace(in DetectedFace face, (int Width, int Height) picture)
    {
        if (face.Width < NarrowestFace) return FarAway;
        var (x, y) = (face.CentreX / picture.Width, face.CentreY / picture.Height);
        return x is < NearEdge or > 1 - NearEdge || y is < NearEdge or > 1 - NearEdge
            ? "; the face in it is at its edge: turn the camera towards it" : "";
    }
}
