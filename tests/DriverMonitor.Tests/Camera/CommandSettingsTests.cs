using System.ComponentModel.DataAnnotations;
using DriverMonitor.Camera;

namespace DriverMonitor.Tests.Camera;

public sealed class CommandSettingsTests
{
    private static readonly Dictionary<string, CameraSettings> Settings = new()
    {
        ["the defaults"] = new(),
        ["a command"] = new() { Kind = CameraKind.Command, Command = "rpicam-vid" },
        ["a network camera"] = new() { Kind = CameraKind.Url, Source = "rtsp://10.0.0.7/stream" },
        ["a file"] = new() { Kind = CameraKind.File, Source = "drive.mp4" },
        ["a command without a program"] = new() { Kind = CameraKind.Command },
        ["a program without its kind"] = new() { Command = "rpicam-vid" },
        ["USB without a device"] = new() { Source = "0" },
        ["an address without a scheme"] = new() { Kind = CameraKind.Url, Source = "10.0.0.7/stream" },
        ["an address that is a file"] = new() { Kind = CameraKind.Url, Source = "/dev/video0" },
        ["no source"] = new() { Kind = CameraKind.File, Source = "" },
        ["a picture too narrow"] = new() { Width = 10 },
        ["a picture too high"] = new() { Height = 5000 },
        ["no pictures a second"] = new() { FramesPerSecond = 0 },
        ["turned a little"] = new() { RotateDegrees = 45 },
        ["a Pi's camera"] = new() { Preset = CameraPreset.PiCamera },
        ["a Pi's camera with a command of its own"] = new()
        {
            Preset = CameraPreset.PiCamera,
            Command = "/opt/rpicam",
            Arguments = ["-o", "-"],
        },
        ["a preset and its own kind"] = new()
        {
            Preset = CameraPreset.Network,
            Kind = CameraKind.Url,
            Source = "rtsp://10.0.0.7/stream",
        },
        ["a preset against its kind"] = new()
        {
            Preset = CameraPreset.JetsonCsi,
            Kind = CameraKind.Url,
            Source = "rtsp://10.0.0.7/stream",
        },
        ["a Pi's camera with padded rows"] = new() { Preset = CameraPreset.PiCamera, Width = 600 },
        ["a network preset without an address"] = new() { Preset = CameraPreset.Network },
        ["an infrared preset without a device"] = new() { Preset = CameraPreset.IrUsb, Source = "2" },
        ["an exposure longer than pictures last"] = new() { ExposureMs = 500 },
    };

    [Theory]
    [InlineData("the defaults", "")]
    [InlineData("a command", "")]
    [InlineData("a network camera", "")]
    [InlineData("a file", "")]
    [InlineData("a command without a program", "Camera:Kind is Command, but Camera:Command names no program (rpicam-vid, gst-launch-1.0, ffmpeg).")]
    [InlineData("a program without its kind", "Camera:Command is set, but Camera:Kind is Usb: set it to Command, or remove the command.")]
    [InlineData("USB without a device", "Camera:Kind is Usb, so Camera:Source must be a device such as /dev/video0.")]
    [InlineData("an address without a scheme", "Camera:Kind is Url, so Camera:Source must be an address such as rtsp://camera.local/stream.")]
    [InlineData("an address that is a file", "Camera:Kind is Url, so Camera:Source must be an address such as rtsp://camera.local/stream.")]
    [InlineData("no source", "Camera:Source is empty: give a device (/dev/video0), an address, a file or a folder.")]
    [InlineData("a picture too narrow", "Camera:Width must lie between 64 and 4096 pixels.")]
    [InlineData("a picture too high", "Camera:Height must lie between 64 and 4096 pixels.")]
    [InlineData("no pictures a second", "Camera:FramesPerSecond must lie between 1 and 120.")]
    [InlineData("a Pi's camera", "")]
    [InlineData("a Pi's camera with a command of its own", "")]
    [InlineData("a preset and its own kind", "")]
    [InlineData("a preset against its kind", "Camera:Preset is JetsonCsi, but Camera:Kind is Url: remove one of the two.")]
    [InlineData("a Pi's camera with padded rows", "Camera:Preset is PiCamera, so Camera:Width must be a multiple of 64: the rows of other widths are padded.")]
    [InlineData("a network preset without an address", "Camera:Kind is Url, so Camera:Source must be an address such as rtsp://camera.local/stream.")]
    [InlineData("an infrared preset without a device", "Camera:Kind is UsbFfmpeg, so Camera:Source must be a device such as /dev/video0.")]
    [InlineData("an exposure longer than pictures last", "Camera:ExposureMs must lie between 0 and 200 milliseconds.")]
    [InlineData("turned a little", "Camera:RotateDegrees must be 0, 90, 180 or 270.")]
    public void Wrong_settings_are_told_in_one_line(string story, string complaint)
    {
        var settings = Settings[story];
        var results = new List<ValidationResult>();

        Validator.TryValidateObject(settings, new ValidationContext(settings), results, validateAllProperties: true);

        Assert.Equal(complaint, string.Join(" | ", results.Select(result => result.ErrorMessage)));
    }
}
