using System.Globalization;

namespace DriverMonitor.Camera;

/// <summary>
/// Video files, network cameras and, where OpenCV is missing, USB cameras through the ffmpeg program (4.4 or newer). It
/// decodes beside us, with the processor's own instructions; we get planes that no one has converted.
/// </summary>
internal sealed class FfmpegCamera : ICamera
{
    private const string Program = "ffmpeg";

    /// <summary>The first video stream that is no attached picture: a sound file's cover is not a video.</summary>
    private const string FirstVideo = "0:V:0";

    /// <summary>Low delay: keep nothing back while the stream is looked at, and hand on each picture as it is decoded.</summary>
    private static readonly string[] Hurry = ["-fflags", "nobuffer", "-flags", "low_delay"];

    /// <summary>
    /// What fetches a stream decodes nothing: it hands on each packet, with a time where the sender gives none.
    /// </summary>
    private static readonly string[] Fetching = ["-fflags", "nobuffer+genpts", "-flags", "low_delay"];
    private static readonly string[] FetchOptions = ["-hide_banner", "-nostats", "-loglevel", "repeat+level+error", "-nostdin"];
    private static readonly string[] Handing =
        ["-map", FirstVideo, "-c", "copy", "-flush_packets", "1", "-write_index", "0", "-f", "nut", "pipe:1"];

    /// <summary>
    /// What is handed on says in its head what it is: nothing has to be looked at, or is lost while that is done.
    /// </summary>
    private static readonly string[] FetchedInput =
        ["-probesize", "32", "-analyzeduration", "0", "-flags", "low_delay", "-f", "nut", "-i", "pipe:0"];

    private readonly string[] _input;
    private readonly string[]? _fetch;
    private readonly string _source;
    private readonly double _picturesPerSecond;
    private readonly double? _exposure;
    private readonly TimeProvider _time;
    private volatile ChildProcess? _child;
    private FfmpegLog _log = new();
    private FfmpegPicture? _next;
    private long _read;
    private TimeSpan _until;
    private string _stream = FirstVideo;

    private FfmpegCamera(
        bool isLive, string source, string[] input, CameraSettings settings, TimeProvider time, bool isDevice = false,
        string[]? fetch = null)
    {
        _fetch = fetch;
        _exposure = isDevice ? settings.ExposureMs : null;
        IsLive = isLive;
        _source = source;
        _input = input;
        _picturesPerSecond = settings.FramesPerSecond;
        _time = time;
    }

    public static bool IsInstalled => ChildProcess.IsInstalled(Program);

    /// <summary>A recording, every picture of it.</summary>
    public static FfmpegCamera OfFile(string path, CameraSettings settings, TimeProvider time) =>
        // The prefix keeps a name with a colon from being taken for an address.
        new(isLive: false, path, ["-i", "file:" + path], settings, time);

    /// <summary>A network camera: rtsp, http, udp and what else ffmpeg knows.</summary>
    public static FfmpegCamera OfAddress(string address, CameraSettings settings, TimeProvider time) =>
        new(isLive: true, address, FetchedInput, settings, time, fetch: [.. Transport(address), .. Fetching, "-i", address]);

    /// <summary>A USB camera.</summary>
    public static FfmpegCamera OfDevice(string device, CameraSettings settings, TimeProvider time) =>
        new(isLive: true, device,
            ["-f", "v4l2", .. UsbFormatOption(settings.UsbFormat), "-video_size", $"{settings.Width}x{settings.Height}",
             "-framerate", settings.FramesPerSecond.ToString(CultureInfo.InvariantCulture), .. Hurry, "-i", device],
            settings, time, isDevice: true);

    public bool IsLive { get; }

    public int? FrameCount => _log.ExpectedPictures;

    public Frame NewFrame() => new();

    public void Open()
    {
        Close();
        _log = new FfmpegLog();
        (_next, _read, _until) = (null, 0, default);
        UsbExposure.TrySet(_source, _exposure, _time, CancellationToken.None);
        var (program, arguments) = _fetch is null ? (Program, Arguments())
            : DecoderProcess.CommandOf([Program, .. FetchOptions, .. _fetch, .. Handing], [Program, .. Arguments()]);
        _child = ChildProcess.Start(program, arguments, _time, _log.Handle, called: Program);
        // A file says at once whether it is a video; a camera may take its time, and its first read waits for it.
        if (IsLive) return;
        if (!TryAnnounce(CancellationToken.None)) throw new CameraException(NotAVideo(WhyNot));
        if (_stream != FirstVideo || _log.StreamBehindCover is not { } video) return;
        _stream = video;
        Open();
    }

    /// <summary>What a file promised and did not give.</summary>
    public InputLoss? Loss =>
        IsLive || _child is not { } child ? null
        : InputLoss.Of(_read, FrameCount, _until, _log.Length, _log.PicturesPerSecond, damages: Damages(child));

    /// <exception cref="CameraException">A live camera ended or hangs; the message tells ffmpeg's words.</exception>
    public bool Read(Frame frame, CancellationToken stop)
    {
        if (_child is not { } child) return false;
        if (TryAnnounce(stop) && _next is { } picture)
        {
            frame.Shape(picture.Width, picture.Height, picture.Layout);
            if (child.ReadAll(frame.Pixels, frame.Size, stop))
            {
                _next = null;
                _until = frame.At = picture.At ?? TimeSpan.FromSeconds(_read / (_log.PicturesPerSecond ?? _picturesPerSecond));
                _read++;
                return true;
            }
        }

        if (!IsLive && _read == 1 && _log.MayBeCover)
            throw new CameraException(NotAVideo("no video in it, only sound with a cover"));
        return IsLive
            ? throw new CameraException(
                WithoutPassword($"{_source}: {child.Ending(_log.Complaint ?? "the stream ended, or its sender closed it")}"))
            : false;
    }

    public void Close()
    {
        _child?.Dispose();
        _child = null;
    }

    public void Interrupt() => _child?.Kill();

    public void Dispose() => Close();

    private static string[] UsbFormatOption(UsbFormat format) => format switch
    {
        UsbFormat.Mjpeg => ["-input_format", "mjpeg"],
        UsbFormat.Yuyv => ["-input_format", "yuyv422"],
        UsbFormat.Grey => ["-input_format", "gray"],
        UsbFormat.Grey16 => ["-input_format", "gray16le"],
        _ => [],
    };

    /// <summary>RTSP by UDP loses packets on a vehicle's network; by TCP it does not.</summary>
    private static string[] Transport(string address) =>
        address.StartsWith("rtsp", StringComparison.OrdinalIgnoreCase) ? ["-rtsp_transport", "tcp"] : [];

    /// <summary>
    /// One thread: the other core judges. Every picture once, at its own time (-vsync: the newer -fps_mode is unknown to
    /// ffmpeg before 5.1). No conversion of what already is 4:2:0 or grey, and none to the first picture's size where a stream
    /// changes it in the middle: each picture is announced with its own.
    /// </summary>
    private string[] Arguments() =>
    [
        .. FfmpegLog.Options, "-nostdin", "-threads", "1", "-filter_threads", "1", .. _input,
        "-map", _stream, "-vsync", "passthrough", "-autoscale", "0", "-vf", "format=yuv420p|yuvj420p|gray,showinfo=checksum=0",
        "-f", "rawvideo", "pipe:1",
    ];

    /// <summary>Waits until the next picture begins; it was announced before. False at the end.</summary>
    private bool TryAnnounce(CancellationToken stop)
    {
        if (_next is not null) return true;
        if (!_child!.Wait(stop) || !_log.TryTake(out var picture)) return false;
        _next = picture;
        return true;
    }

    /// <summary>The name and password of an address belong in no log, nor where ffmpeg repeats them.</summary>
    private string WithoutPassword(string message) =>
        Uri.TryCreate(_source, UriKind.Absolute, out var address) && address.UserInfo.Length > 0
            ? message.Replace(address.UserInfo + "@", "", StringComparison.Ordinal)
            : message;

    private int Damages(ChildProcess child)
    {
        _ = child.Ending(); // what was said last is heard with it
        return _log.Damages;
    }

    private string NotAVideo(string why) =>
        $"{_source} is not a video that can be read ({why}). Give a video file or a folder of pictures.";

    /// <summary>ffmpeg says of a file without a video that our choice of stream matches none.</summary>
    private string WhyNot =>
        _log.Complaint is { } words && !words.StartsWith("Stream map", StringComparison.Ordinal) ? words : "no video in it";
}
