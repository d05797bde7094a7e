using System.Globalization;
using System.Text.Json;

namespace DriverMonitor.Camera;

/// <summary>A common camera by name.</summary>
internal enum CameraPreset
{
    /// <summary>Everything is said by the other keys.</summary>
    None,

    /// <summary>A CSI camera of a Raspberry Pi through rpicam-vid.</summary>
    PiCamera,

    /// <summary>A CSI camera of a Jetson through gst-launch-1.0.</summary>
    JetsonCsi,

    /// <summary>A USB camera through OpenCV, or through ffmpeg where OpenCV does not load.</summary>
    Usb,

    /// <summary>A USB camera through the ffmpeg program.</summary>
    UsbFfmpeg,

    /// <summary>An infrared USB camera that gives grey pictures, through ffmpeg.</summary>
    IrUsb,

    /// <summary>A network camera, by its address in Camera:Source.</summary>
    Network,
}

/// <summary>What a preset stands for. A command, arguments or a format that the settings name themselves are kept.</summary>
internal static class CameraPresets
{
    public static CameraSettings Expand(CameraSettings settings) =>
        settings.Preset switch
        {
            CameraPreset.PiCamera => Fill(settings, RpicamProgram, Rpicam(settings), CommandFormat.I420),
            CameraPreset.JetsonCsi => Fill(settings, "gst-launch-1.0", Argus(settings), CommandFormat.I420Limited),
            CameraPreset.UsbFfmpeg => settings with { Kind = CameraKind.UsbFfmpeg },
            CameraPreset.IrUsb => settings with
            {
                Kind = CameraKind.UsbFfmpeg,
                UsbFormat = settings.UsbFormat == UsbFormat.Any ? UsbFormat.Grey : settings.UsbFormat,
            },
            CameraPreset.Network => settings with { Kind = CameraKind.Url },
            _ => settings,
        };

    /// <summary>What kind of camera the fleet is told of: <c>pi-camera</c>, <c>ir-usb</c>, <c>usb</c>; never which one.</summary>
    public static string KindOf(CameraSettings settings) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(
            settings.Preset != CameraPreset.None ? $"{settings.Preset}"
            : settings.Kind == CameraKind.Url ? $"{CameraPreset.Network}"
            : $"{settings.Kind}");

    /// <summary>Raspberry Pi OS before Bookworm knows it by its old name.</summary>
    private static string RpicamProgram =>
        !ChildProcess.IsInstalled("rpicam-vid") && ChildProcess.IsInstalled("libcamera-vid") ? "libcamera-vid" : "rpicam-vid";

    private static CameraSettings Fill(CameraSettings settings, string command, string[] arguments, CommandFormat format) =>
        settings with
        {
            Kind = CameraKind.Command,
            Command = settings.Command ?? command,
            Arguments = settings.Arguments.Length > 0 ? settings.Arguments : arguments,
            Format = settings.Arguments.Length > 0 ? settings.Format : format,
        };

    private static string[] Rpicam(CameraSettings settings) =>
    [
        "-t", "0", "-n", "--codec", "yuv420", "--width", $"{settings.Width}", "--height", $"{settings.Height}",
        "--framerate", Number(settings.FramesPerSecond), "--flush",
        .. settings.ExposureMs is { } ms ? ["--shutter", Number(Math.Round(ms * 1000))] : Array.Empty<string>(),
        "-o", "-",
    ];

    /// <summary>
    /// The sensor's 1280x720 is cut to the shape that is asked for, about its middle, and then scaled: a face that is only
    /// squeezed has other eyes. Exposure is in nanoseconds.
    /// </summary>
    private static string[] Argus(CameraSettings settings)
    {
        const int Width = 1280, Height = 720;
        var wide = settings.Width * Height > settings.Height * Width;
        var (across, down) = wide
            ? (Width, Width * settings.Height / settings.Width)
            : (Height * settings.Width / settings.Height, Height);
        var exposure = Number(Math.Round((settings.ExposureMs ?? 0) * 1e6));
        return
        [
            "-q",
            "nvarguscamerasrc",
            .. settings.ExposureMs is null ? Array.Empty<string>() : [$"exposuretimerange={exposure} {exposure}"],
            "!",
            $"video/x-raw(memory:NVMM),width={Width},height={Height},framerate={Math.Round(settings.FramesPerSecond)}/1",
            "!",
            "nvvidconv",
            $"left={(Width - across) / 2}",
            $"right={(Width + across) / 2}",
            $"top={(Height - down) / 2}",
            $"bottom={(Height + down) / 2}",
            "!",
            $"video/x-raw,width={settings.Width},height={settings.Height},format=I420",
            "!",
            "fdsink",
        ];
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
