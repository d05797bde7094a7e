namespace DriverMonitor.Camera;

/// <summary>Chooses the camera for an input or for the settings.</summary>
internal static class Cameras
{
    /// <summary>A recording to replay. Throws <see cref="CameraException"/> if nothing is there.</summary>
    public static ICamera ForInput(string path, CameraSettings settings) =>
        File.Exists(path) ? new OpenCvCamera(settings, path, isLive: false)
        : throw new CameraException($"{path} does not exist. Give a video file or a folder of pictures.");
}
