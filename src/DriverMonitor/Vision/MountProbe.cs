using DriverMonitor.Camera;

namespace DriverMonitor.Vision;

/// <summary>Says for <c>check</c> if the face in a picture does not stand upright.</summary>
internal static class MountProbe
{
    /// <returns>What to do about it; empty where the face stands upright, where there is none, and without models.</returns>
    public static string Advice(Frame frame, PictureOrientation orientation, VisionSettings settings)
    {
        try
        {
            var store = new ModelStore(settings.ModelFolder ?? ModelStore.DefaultFolder());
            using var detector = new FaceDetector(store, settings.FarFace, TimeProvider.System);
            var faces = new FacePickup(detector).Find(frame, orientation);
            if (faces.Length == 0) return "";
            var quarters = (int)Math.Round(CropArea.ForMesh(faces[0]).AngleRadians / (Math.PI / 2));
            if (quarters == 0) return "";
            var turned = (orientation.RotateDegrees - 90 * quarters + 720) % 360;
            return $"; the face in it {(quarters is 2 or -2 ? "stands on its head" : "lies on its side")}: "
                + $"turn the camera, or set Camera:RotateDegrees to {turned}";
        }
        catch (ModelException)
        {
            return ""; // the line of the models says so
        }
    }
}
