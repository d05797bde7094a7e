namespace DriverMonitor.Camera;

/// <summary>Chooses the camera for an input or for the settings.</summary>
internal static class Cameras
{
    /// <summary>A recording to replay. Throws <see cref="CameraException"/> if nothing is there.</summary>
    public static ICamera ForInput(string path, CameraSettings settings) =>
        Directory.Exists(path) || (File.Exists(path) && FolderCamera.IsPicture(path)) ? new FolderCamera(path, settings.FramesPerSecond)
        : File.Exists(path) ? new OpenCvCamera(settings, path, isLive: false)
        : throw new CameraException($"{path} does not exist. Give a video file or a folder of pictures.");

    /// <summary>The camera of the service; it is opened by its feed.</summary>
    public static ICamera Open(CameraSettings settings, TimeProvider time) => settings.Kind switch
    {
        CameraKind.Usb or CameraKind.Url => new OpenCvCamera(settings, settings.Source, isLive: true),
        CameraKind.Command => new CommandCamera(settings, time),
        CameraKind.Portrait => new PortraitCamera(settings.Source, PortraitScript.Demo, time),
        _ => ForInput(settings.Source, settings),
    };
}
