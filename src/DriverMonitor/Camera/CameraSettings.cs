using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Camera;

/// <summary>What a camera is made of.</summary>
internal enum CameraKind { Usb, Url, File, Folder, Command, Portrait, UsbFfmpeg }

/// <summary>Which camera, and how it is mounted.</summary>
internal sealed record CameraSettings : IValidatableObject
{
    /// <summary>A common camera by name: brings its kind, command and arguments. What is set beside it wins.</summary>
    [EnumDataType(typeof(CameraPreset))]
    public CameraPreset Preset { get; init; }

    /// <summary>
    /// What the camera is made of, where no preset says it. <c>Portrait</c> is the scripted driver of the demo.
    /// </summary>
    public CameraKind Kind { get; init; } = CameraKind.Usb;

    /// <summary>Device (/dev/video0), address (rtsp://..., http://...), file or folder; not read for a command.</summary>
    [Required(ErrorMessage = "Camera:Source is empty: give a device (/dev/video0), an address, a file or a folder.")]
    public string Source { get; init; } = "/dev/video0";

    /// <summary>For Kind Command: the program that writes pictures to its standard output, such as rpicam-vid.</summary>
    public string? Command { get; init; }

    /// <summary>The program's arguments, one an entry; no shell reads them.</summary>
    public string[] Arguments { get; init; } = [];

    /// <summary>What the program writes. Raw pictures must have exactly <see cref="Width"/> and <see cref="Height"/>.</summary>
    [EnumDataType(typeof(CommandFormat))]
    public CommandFormat Format { get; init; } = CommandFormat.I420;

    /// <summary>Pixels from left to right asked of the camera.</summary>
    [Range(64, 4096, ErrorMessage = "Camera:Width must lie between 64 and 4096 pixels.")]
    public int Width { get; init; } = 640;

    /// <summary>Pixels from top to bottom asked of the camera.</summary>
    [Range(64, 4096, ErrorMessage = "Camera:Height must lie between 64 and 4096 pixels.")]
    public int Height { get; init; } = 480;

    /// <summary>Pictures a second asked of the camera; also the clock of inputs that have none.</summary>
    [Range(1.0, 120.0, ErrorMessage = "Camera:FramesPerSecond must lie between 1 and 120.")]
    public double FramesPerSecond { get; init; } = 15;

    /// <summary>What a USB camera is asked to send.</summary>
    [EnumDataType(typeof(UsbFormat))]
    public UsbFormat UsbFormat { get; init; }

    /// <summary>
    /// Exposure of USB, Pi and Jetson cameras in milliseconds; null leaves it to the camera, which may smear lids in the dark.
    /// A USB camera keeps what it was set to: 0 gives it back its own.
    /// </summary>
    [Range(0.0, 200.0, ErrorMessage = "Camera:ExposureMs must lie between 0 and 200 milliseconds.")]
    public double? ExposureMs { get; init; }

    /// <summary>How far the picture must be turned clockwise to stand upright: 0, 90, 180 or 270.</summary>
    [AllowedValues(0, 90, 180, 270, ErrorMessage = "Camera:RotateDegrees must be 0, 90, 180 or 270.")]
    public int RotateDegrees { get; init; }

    /// <summary>The camera delivers a mirror image.</summary>
    public bool Mirror { get; init; }

    /// <summary>What a person would call this camera: its program, device, address or file.</summary>
    internal string Name => CameraPresets.Expand(this) is { Kind: CameraKind.Command } command ? command.Command ?? "" : Source;

    internal PictureOrientation Orientation => new(RotateDegrees, Mirror);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var expanded = CameraPresets.Expand(this);
        if (Kind != CameraKind.Usb && Kind != expanded.Kind)
            yield return new($"Camera:Preset is {Preset}, but Camera:Kind is {Kind}: remove one of the two.");
        if (Preset == CameraPreset.PiCamera && Arguments.Length == 0 && Width % 64 != 0)
            yield return new(
                "Camera:Preset is PiCamera, so Camera:Width must be a multiple of 64: the rows of other widths are padded.");
        foreach (var fault in expanded.Faults())
            yield return new(fault);
    }

    private IEnumerable<string> Faults()
    {
        if (Kind == CameraKind.Command && string.IsNullOrWhiteSpace(Command))
            yield return "Camera:Kind is Command, but Camera:Command names no program (rpicam-vid, gst-launch-1.0, ffmpeg).";
        if (Kind != CameraKind.Command && !string.IsNullOrWhiteSpace(Command))
            yield return $"Camera:Command is set, but Camera:Kind is {Kind}: set it to Command, or remove the command.";
        if (Kind is CameraKind.Usb or CameraKind.UsbFfmpeg && !Source.StartsWith("/dev/", StringComparison.Ordinal))
            yield return $"Camera:Kind is {Kind}, so Camera:Source must be a device such as /dev/video0.";
        if (
            Kind == CameraKind.Url
            && !(
                Uri.TryCreate(Source, UriKind.Absolute, out var address)
                && Source.Contains("://", StringComparison.Ordinal)
                && !address.IsFile))
            yield return "Camera:Kind is Url, so Camera:Source must be an address such as rtsp://camera.local/stream.";
    }
}
