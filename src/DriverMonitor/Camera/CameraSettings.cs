using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Camera;

/// <summary>What a camera is made of.</summary>
internal enum CameraKind { Usb, Url, File, Folder, Command, Portrait }

/// <summary>Which camera, and how it is mounted.</summary>
internal sealed record CameraSettings
{
    public CameraKind Kind { get; init; } = CameraKind.Usb;

    /// <summary>Device (/dev/video0), address, file or folder.</summary>
    [Required] public string Source { get; init; } = "/dev/video0";

    /// <summary>Pixels asked of the camera.</summary>
    [Range(64, 4096)] public int Width { get; init; } = 640;
    [Range(64, 4096)] public int Height { get; init; } = 480;

    /// <summary>Pictures a second asked of the camera; also the clock of inputs that have none.</summary>
    [Range(1.0, 120.0)] public double FramesPerSecond { get; init; } = 15;

    /// <summary>How far the picture must be turned clockwise to stand upright: 0, 90, 180 or 270.</summary>
    [AllowedValues(0, 90, 180, 270)] public int RotateDegrees { get; init; }

    /// <summary>The camera delivers a mirror image.</summary>
    public bool Mirror { get; init; }

    internal PictureOrientation Orientation => new(RotateDegrees, Mirror);
}
