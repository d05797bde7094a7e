namespace DriverMonitor.Camera;

/// <summary>Chooses the camera for an input or for the settings.</summary>
internal static class Cameras
{
    /// <summary>A recording to replay. Throws <see cref="CameraException"/> if nothing is there.</summary>
    public static ICamera ForInput(string path, CameraSettings settings) =>
        Directory.Exists(path) || (File.Exists(path) && FolderCamera.IsPicture(path))
            ? new FolderCamera(path, settings.FramesPerSecond)
        : File.Exists(path) ? ForVideo(path, settings)
        : throw new CameraException($"{path} does not exist. Give a video file or a folder of pictures.");

    /// <summary>The camera of the service; it is opened by its feed.</summary>
    public static ICamera Open(CameraSettings asked, TimeProvider time)
    {
        var settings = CameraPresets.Expand(asked);
        return settings.Kind switch
        {
            CameraKind.Usb when UsesOpenCv(settings) => new OpenCvCamera(settings, settings.Source, isLive: true, time),
            CameraKind.Usb or CameraKind.UsbFfmpeg => FfmpegCamera.OfDevice(settings.Source, settings, time),
            // The FFmpeg inside OpenCV's library is built without the network.
            CameraKind.Url => FfmpegCamera.OfAddress(settings.Source, settings, time),
            CameraKind.Command => new CommandCamera(settings, time),
            CameraKind.Portrait => new PortraitCamera(settings.Source, PortraitScript.Demo, time),
            CameraKind.Folder when File.Exists(settings.Source) && !FolderCamera.IsPicture(settings.Source) =>
                throw new CameraException(
                    $"Camera:Kind is Folder, but {settings.Source} is a file. Name a folder of pictures, or set Camera:Kind to File."
                ),
            _ => ForInput(settings.Source, settings),
        };
    }

    /// <summary>
    /// Tries what will not come by itself: a file, a folder, a portrait. A device, an address or a command may come back, and its
    /// feed waits for it.
    /// </summary>
    /// <exception cref="CameraException">It is not there or cannot be read.</exception>
    public static void RequireFiles(CameraSettings asked, TimeProvider time)
    {
        if (CameraPresets.Expand(asked).Kind is not (CameraKind.File or CameraKind.Folder or CameraKind.Portrait)) return;
        using var camera = Open(asked, time);
        camera.Open();
    }

    /// <summary>By what means the pictures come, in a few words.</summary>
    public static string Way(CameraSettings asked) => CameraPresets.Expand(asked) switch
    {
        { Kind: CameraKind.Usb } usb when UsesOpenCv(usb) => "OpenCV",
        { Kind: CameraKind.Usb or CameraKind.UsbFfmpeg or CameraKind.Url } => "ffmpeg",
        { Kind: CameraKind.Command } command => $"its own program, {command.Format} {command.Width} x {command.Height}",
        { Kind: CameraKind.Portrait } => "drawing",
        _ => "reading files",
    };

    private static bool UsesOpenCv(CameraSettings settings) =>
        settings.Kind == CameraKind.Usb && (OpenCvCamera.Loads || !FfmpegCamera.IsInstalled);

    /// <summary>
    /// Through ffmpeg a replay costs 16 % less processor time and 25 % less time than through OpenCV, whose own FFmpeg has
    /// no assembler: 2.1 against 2.5 s for 203 pictures of 540x960, all processes counted.
    /// </summary>
    private static ICamera ForVideo(string path, CameraSettings settings) =>
        FfmpegCamera.IsInstalled
            ? FfmpegCamera.OfFile(path, settings, TimeProvider.System)
            : new OpenCvCamera(settings, path, isLive: false, TimeProvider.System);
}
