using DriverMonitor.Camera;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Camera;

/// <summary>
/// The real program, asked to try its camera on a machine whose camera programs are ours: each writes down how it was called
/// and gives pictures. The real ffmpeg stands behind its name, with test pictures where a device would be.
/// </summary>
public sealed class PresetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("presets").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    //  settings                                                          what the check says of the camera                                              how the programs were called
    public static readonly TheoryData<string, string, string> Cameras = new()
    {
        { """ "Preset": "PiCamera", "FramesPerSecond": 30 """,
            "rpicam-vid gives pictures of 640 x 480 (I420) by its own program, I420 640 x 480",
            "rpicam-vid -t 0 -n --codec yuv420 --width 640 --height 480 --framerate 30 --flush -o -" },
        { """ "Preset": "PiCamera", "ExposureMs": 12.5 """,
            "rpicam-vid gives pictures of 640 x 480 (I420) by its own program, I420 640 x 480",
            "rpicam-vid -t 0 -n --codec yuv420 --width 640 --height 480 --framerate 15 --flush --shutter 12500 -o -" },
        { """ "Preset": "JetsonCsi", "FramesPerSecond": 30, "ExposureMs": 20 """,
            "gst-launch-1.0 gives pictures of 640 x 480 (I420Limited) by its own program, I420Limited 640 x 480",
            "gst-launch-1.0 -q nvarguscamerasrc exposuretimerange=20000000 20000000 ! video/x-raw(memory:NVMM),width=1280,height=720,framerate=30/1 "
            + "! nvvidconv left=160 right=1120 top=0 bottom=720 ! video/x-raw,width=640,height=480,format=I420 ! fdsink" },
        { """ "Preset": "JetsonCsi", "Width": 1280, "Height": 540, "Command": "gst-launch-1.0" """,
            "gst-launch-1.0 gives pictures of 1280 x 540 (I420Limited) by its own program, I420Limited 1280 x 540",
            "gst-launch-1.0 -q nvarguscamerasrc ! video/x-raw(memory:NVMM),width=1280,height=720,framerate=15/1 "
            + "! nvvidconv left=0 right=1280 top=90 bottom=630 ! video/x-raw,width=1280,height=540,format=I420 ! fdsink" },
        { """ "Preset": "UsbFfmpeg", "Source": "/dev/video7", "FramesPerSecond": 30, "UsbFormat": "Mjpeg", "ExposureMs": 10 """,
            "/dev/video7 gives pictures of 320 x 240 (I420Limited) by ffmpeg",
            "v4l2-ctl -d /dev/video7 --set-ctrl=auto_exposure=1,exposure_time_absolute=100\n"
            + "v4l2-ctl -d /dev/video7 --set-ctrl=exposure_auto=1,exposure_absolute=100\n"
            + "ffmpeg -f v4l2 -input_format mjpeg -video_size 640x480 -framerate 30 -i /dev/video7" },
        { """ "Preset": "IrUsb", "Source": "/dev/video7" """,
            "/dev/video7 gives pictures of 320 x 240 (Gray8) by ffmpeg",
            "ffmpeg -f v4l2 -input_format gray -video_size 640x480 -framerate 15 -i /dev/video7" },
        { """ "Preset": "IrUsb", "Source": "/dev/video7", "UsbFormat": "Grey16" """,
            "/dev/video7 gives pictures of 320 x 240 (Gray8) by ffmpeg",
            "ffmpeg -f v4l2 -input_format gray16le -video_size 640x480 -framerate 15 -i /dev/video7" },
    };

    [Theory, MemberData(nameof(Cameras))]
    public async Task A_preset_calls_its_programs_and_pictures_come(string settings, string camera, string calls)
    {
        Program("rpicam-vid", "cat /dev/zero | head -c 3000000");
        Program("gst-launch-1.0", "cat /dev/zero | head -c 6000000");
        Program("v4l2-ctl", """case "$*" in *exposure_auto*) exit 0;; *) exit 1;; esac""");
        // All that stands before the input, and the input itself, is the device's; the rest is for the real program.
        Program("ffmpeg", """
            source=testsrc=size=320x240:rate=10
            case "$*" in *gray16le*) source=$source,format=gray16le;; *gray\ *) source=$source,format=gray;; *) source=$source,format=yuv420p;; esac
            while [ "$1" != -i ]; do shift; done; shift 2
            exec REAL -hide_banner -nostats -loglevel repeat+level+info -nostdin -f lavfi -i "$source" -t 3 "$@"
            """.Replace("REAL", RealFfmpeg, StringComparison.Ordinal));
        var config = Path.Combine(_folder, "settings.json");
        File.WriteAllText(config, $$"""{ "DriverMonitor": { "Camera": { {{settings}} } } }""");

        var (_, output, _) = await TheProgram.RunWithAsync(_folder, "check", "--config", config);

        var line = Assert.Single(output.Split('\n'), l => l.Contains("camera ", StringComparison.Ordinal));
        Assert.EndsWith(camera, line, StringComparison.Ordinal);
        Assert.Equal(calls, string.Join('\n', Calls()));
    }

    [Fact]
    public void Every_preset_is_documented()
    {
        Assert.All(
            Enum.GetNames<CameraPreset>(),
            name =>
                Assert.Contains(
                    $"`{name}`", File.ReadAllText(Path.Combine(Project(), "hardware", "cameras.md")), StringComparison.Ordinal));

        static string Project([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
            Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
    }

    /// <summary>How the programs were called, without what ffmpeg is told beside its device.</summary>
    private IEnumerable<string> Calls() =>
        File.ReadAllLines(Path.Combine(_folder, "calls"))
            .Select(call =>
                call.StartsWith("ffmpeg ", StringComparison.Ordinal)
                    ? "ffmpeg "
                        + call[call.IndexOf("-f v4l2", StringComparison.Ordinal)..call.IndexOf(" -map", StringComparison.Ordinal)]
                            .Replace("-fflags nobuffer -flags low_delay ", "", StringComparison.Ordinal)
                    : call);

    private void Program(string name, string body)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/bin/sh\necho \"{name} $*\" >>'{_folder}/calls'\n{body}\n");
        using var chmod = System.Diagnostics.Process.Start("chmod", ["+x", path]);
        chmod.WaitForExit();
    }

    private static string RealFfmpeg =>
        Environment
            .GetEnvironmentVariable("PATH")!
            .Split(':')
            .Select(folder => Path.Combine(folder, "ffmpeg"))
            .First(File.Exists);
}
