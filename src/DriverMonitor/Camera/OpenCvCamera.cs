using System.Globalization;
using OpenCvSharp;

namespace DriverMonitor.Camera;

/// <summary>
/// USB cameras, and video files where there is no ffmpeg program, through OpenCV's VideoCapture (V4L2 and FFmpeg). The
/// only place that knows OpenCV: its native library does not load on every board, and nothing else must need it.
/// </summary>
internal sealed class OpenCvCamera : ICamera
{
    /// <summary>CAP_PROP_N_THREADS, which the binding does not name.</summary>
    private const int DecodingThreads = 70;

    private readonly CameraSettings _settings;
    private readonly string _source;
    private readonly TimeProvider _time;
    private VideoCapture? _capture;
    private double _nominalPeriodMs;
    private long _read;
    private bool _hasOwnClock;

    /// <param name="settings">Size and rate to ask a USB camera for.</param>
    /// <param name="source">A file, or a device such as /dev/video0.</param>
    public OpenCvCamera(CameraSettings settings, string source, bool isLive, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        _source = source;
        IsLive = isLive;
    }

    /// <summary>Whether OpenCV's native library loads on this machine.</summary>
    public static bool Loads
    {
        get
        {
            try
            {
                return Cv2.GetVersionMajor() > 0;
            }
            catch (Exception e) when (IsMissingLibrary(e))
            {
                return false;
            }
        }
    }

    public bool IsLive { get; }

    public int? FrameCount { get; private set; }

    public InputLoss? Loss =>
        IsLive || FrameCount is not { } expected
            ? null
            : InputLoss.Of(
                _read,
                expected,
                TimeSpan.FromMilliseconds(_read * _nominalPeriodMs),
                TimeSpan.FromMilliseconds(expected * _nominalPeriodMs),
                perSecond: null,
                damages: 0);

    public Frame NewFrame() => new MatFrame();

    public void Open()
    {
        Close();
        if (IsDevice(_source)) UsbExposure.TrySet(_source, _settings.ExposureMs, _time, CancellationToken.None);
        try
        {
            Cv2.SetLogLevel(LogLevel.SILENT); // what fails is said once, by us, in one line
            _capture = IsDevice(_source)
                ? new VideoCapture(DeviceNumber(_source), VideoCaptureAPIs.V4L2)
                // One decoding thread: the other core judges, and frame threads delay the first picture.
                : new VideoCapture(_source, VideoCaptureAPIs.FFMPEG, [DecodingThreads, 1]);
        }
        catch (Exception e) when (IsMissingLibrary(e))
        {
            throw new CameraException(
                "Neither ffmpeg nor OpenCV's native library is there to read this camera. Do: apt install ffmpeg", e);
        }

        if (!_capture.IsOpened()) throw new CameraException(Unopened());
        if (IsLive) Configure(_capture);
        else Measure(_capture);
    }

    public bool Read(Frame frame, CancellationToken stop)
    {
        var into = (MatFrame)frame;
        if (_capture is null || !_capture.Read(into.Mat) || into.Mat.Empty()) return false;
        into.Refresh();
        if (!IsLive) into.At = FileTime(_capture.PosMsec);
        _read++;
        return true;
    }

    public void Close()
    {
        _capture?.Dispose();
        _capture = null;
    }

    public void Dispose() => Close();

    /// <summary>
    /// The file's own time, as it is: judgement copes with gaps and repeats. A file that gives none (everything is at
    /// zero) is counted by its nominal rate.
    /// </summary>
    private TimeSpan FileTime(double positionMs)
    {
        _hasOwnClock |= positionMs > 0;
        return TimeSpan.FromMilliseconds(_hasOwnClock ? positionMs : _read * _nominalPeriodMs);
    }

    private void Measure(VideoCapture capture)
    {
        _nominalPeriodMs = 1000 / (capture.Fps is > 0.5 and < 1000 ? capture.Fps : _settings.FramesPerSecond);
        FrameCount = capture.FrameCount > 0 ? capture.FrameCount : null;
        (_read, _hasOwnClock) = (0, false);
    }

    private void Configure(VideoCapture capture)
    {
        capture.Set(VideoCaptureProperties.BufferSize, 1);
        if (!IsDevice(_source))
            return;
        if (FourCC() is { } code)
            capture.Set(VideoCaptureProperties.FourCC, VideoWriter.FourCC(code[0], code[1], code[2], code[3]));
        capture.FrameWidth = _settings.Width;
        capture.FrameHeight = _settings.Height;
        capture.Fps = _settings.FramesPerSecond;
    }

    private string? FourCC() => _settings.UsbFormat switch
    {
        UsbFormat.Mjpeg => "MJPG",
        UsbFormat.Yuyv => "YUYV",
        UsbFormat.Grey => "GREY",
        UsbFormat.Grey16 => "Y16 ",
        _ => null,
    };

    private string Unopened() =>
        IsDevice(_source)
            ? $"Camera {_source} cannot be opened. Is it plugged in, and is this user in the group video? "
                + "List cameras with: v4l2-ctl --list-devices"
        : File.Exists(_source) ? $"{_source} is not a video that can be read. Give a video file or a folder of pictures."
        : $"{_source} does not exist.";

    private static bool IsMissingLibrary(Exception e) =>
        e is TypeInitializationException or DllNotFoundException or OpenCvSharpException;

    /// <summary>
    /// V4L2 in OpenCV knows cameras by number only; stable names such as /dev/v4l/by-id/... are links to numbered ones.
    /// </summary>
    private static int DeviceNumber(string device)
    {
        var node = Path.GetFileName(
            File.Exists(device) ? File.ResolveLinkTarget(device, returnFinalTarget: true)?.FullName ?? device : device);
        return
            node.StartsWith("video", StringComparison.Ordinal)
            && int.TryParse(node.AsSpan("video".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CameraException(
                $"Camera {device} is not a video device. Name one such as /dev/video0 or a link in /dev/v4l/by-id.");
    }

    private static bool IsDevice(string source) => source.StartsWith("/dev/", StringComparison.Ordinal);
}
