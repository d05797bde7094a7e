using System.Buffers;
using System.Buffers.Text;
using System.Text;
using DriverMonitor.Core.Signals;
using DriverMonitor.Files;

namespace DriverMonitor.Camera;

/// <summary>What ffmpeg knows of a picture that it is about to write.</summary>
/// <param name="At">Presentation time from the start of the file; null where the file gives none.</param>
internal readonly record struct FfmpegPicture(TimeSpan? At, int Width, int Height, PixelLayout Layout);

/// <summary>
/// Understands what ffmpeg says while it decodes. Raw video carries neither size nor time; the showinfo filter prints
/// both before a picture is written, one line a picture, and its colour range in a second line.
/// </summary>
internal sealed class FfmpegLog
{
    private static readonly SearchValues<byte> StreamNumber = SearchValues.Create("0123456789:"u8);

    // ffmpeg runs ahead of us by what its pipe holds: a few pictures, or two hundred tiny ones.
    private readonly Queue<FfmpegPicture> _pictures = new(capacity: 64);
    private double _tickSeconds;
    private double _durationSeconds;
    private double _picturesPerSecond;
    private bool _fullRange;
    private bool _complained;
    private bool _countsFromZero, _hasSound;
    private readonly List<(string Stream, bool IsStill)> _videos = [];

    /// <summary>What to take from ffmpeg so that <see cref="Handle"/> understands it.</summary>
    public static readonly string[] Options = ["-hide_banner", "-nostats", "-loglevel", "repeat+level+info"];

    /// <summary>Length of the recording times its nominal rate; null where one of them is unknown.</summary>
    public int? ExpectedPictures =>
        _durationSeconds * _picturesPerSecond is > 0 and < int.MaxValue and var count ? (int)Math.Round(count) : null;

    /// <summary>Of the recording, by its own account; null where it gives none.</summary>
    public TimeSpan? Length => _durationSeconds > 0 ? TimeSpan.FromSeconds(_durationSeconds) : null;

    /// <summary>Complaints about data that is cut or damaged.</summary>
    public int Damages { get; private set; }

    /// <summary>
    /// A moving stream where the first one is a still picture's: some writers put a cover before the video without saying so.
    /// </summary>
    public string? StreamBehindCover =>
        _videos.Count > 1 && _videos[0].IsStill ? _videos.Find(video => !video.IsStill).Stream : null;

    /// <summary>Whether a still picture goes with sound: should it be the only one, it is a cover.</summary>
    public bool MayBeCover => _hasSound && _videos is [{ IsStill: true }];

    /// <summary>Nominal rate of the recording; null where unknown.</summary>
    public double? PicturesPerSecond => _picturesPerSecond > 0 ? _picturesPerSecond : null;

    /// <summary>The first error since the last picture; the following ones are only its echo.</summary>
    public string? Complaint { get; private set; }

    /// <summary>The next picture that was announced and not yet taken.</summary>
    public bool TryTake(out FfmpegPicture picture)
    {
        if (!_pictures.TryDequeue(out picture)) return false;
        if (_fullRange && picture.Layout == PixelLayout.I420Limited) picture = picture with { Layout = PixelLayout.I420 };
        return true;
    }

    public void Handle(ReadOnlySpan<byte> line)
    {
        // By their contents, not by the filter's name before them: ffmpeg's threads may write into each other's lines.
        if (
            TryFind(line, " fmt:"u8, out var format)
            && TryFind(line, " pts:"u8, out var pts)
            && TryFind(line, " s:"u8, out var size))
            HandlePicture(pts, size, format);
        else if (TryFind(line, "color_range:"u8, out var range))
            _fullRange = range.StartsWith("pc"u8);
        else if (TryFind(line, "config in time_base:"u8, out var timeBase))
            _tickSeconds = Ratio(timeBase);
        else if (TryFind(line, "[error]"u8, out var error) || TryFind(line, "[fatal]"u8, out error))
            HandleComplaint(error);
        else if (line.IndexOf("[warning]"u8) >= 0)
            Damages += line.IndexOf("corrupt decoded frame"u8) >= 0 ? 1 : 0; // a packet alone may be the seam of two files
        else if (_pictures.Count == 0)
            HandleInput(line);
    }

    private void HandlePicture(ReadOnlySpan<byte> pts, ReadOnlySpan<byte> size, ReadOnlySpan<byte> format)
    {
        var layout = format.StartsWith("yuvj420p "u8) ? PixelLayout.I420
            : format.StartsWith("gray "u8) ? PixelLayout.Gray8
            : PixelLayout.I420Limited;
        TimeSpan? at = Utf8Parser.TryParse(pts, out long ticks, out _) ? CheckedTime.FromSeconds(ticks * _tickSeconds) : null;
        var width = (int)Number(size, out var height);
        _pictures.Enqueue(new(at, width, (int)Number(height.TrimStart((byte)'x'), out _), layout));
        (Complaint, _complained) = (null, false);
    }

    private void HandleComplaint(ReadOnlySpan<byte> words)
    {
        if (IsDamage(words)) Damages++;
        if (_complained) return;
        _complained = true;
        Complaint = ShownText.Excerpt(Encoding.UTF8.GetString(words));
    }

    /// <summary>The lines that describe the input: "Duration: 00:00:10.36, start" and "Video: ..., 20 fps, ...".</summary>
    private void HandleInput(ReadOnlySpan<byte> line)
    {
        if (TryFind(line, "Input #0, "u8, out var format)) _countsFromZero = format.StartsWith("matroska"u8);
        if (TryFind(line, "Duration: "u8, out var duration) && Utf8Parser.TryParse(duration, out TimeSpan length, out _))
            _durationSeconds =
                length.TotalSeconds - (_countsFromZero && TryFind(line, "start: "u8, out var start) ? Number(start, out _) : 0);
        if (line.IndexOf(" Audio: "u8) >= 0)
            _hasSound = true;
        if (line.IndexOf(" Video: "u8) < 0 || line.IndexOf("(attached pic)"u8) >= 0)
            return;
        if (TryFind(line, "Stream #"u8, out var stream))
            HandleStream(stream);
        if (_picturesPerSecond == 0 && line.IndexOf(" Video: "u8) >= 0 && line.IndexOf(" fps"u8) is > 0 and var end)
            _picturesPerSecond = Number(line[(line[..end].LastIndexOf((byte)' ') + 1)..], out _);
    }

    /// <summary>Such as "0:1[0x100](und): Video: h264 (High), ...".</summary>
    private void HandleStream(ReadOnlySpan<byte> stream)
    {
        var end = stream.IndexOfAnyExcept(StreamNumber);
        if (end < 0) return;
        var name = stream[..end].TrimEnd((byte)':');
        if (!TryFind(stream, "Video: "u8, out var codec) || _videos.Count >= 16) return;
        var isStill = codec.StartsWith("mjpeg"u8) || codec.StartsWith("png"u8) || codec.StartsWith("bmp"u8)
            || codec.StartsWith("gif"u8) || codec.StartsWith("webp"u8);
        _videos.Add((Encoding.ASCII.GetString(name), isStill));
    }

    private static bool IsDamage(ReadOnlySpan<byte> words) =>
        words.IndexOf("Invalid data"u8) >= 0 || words.IndexOf("partial file"u8) >= 0 || words.IndexOf("decoding"u8) >= 0
        || words.IndexOf("Invalid NAL"u8) >= 0 || words.IndexOf("missing picture"u8) >= 0 || words.IndexOf("corrupt"u8) >= 0;

    private static bool TryFind(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        var at = line.IndexOf(key);
        value = at < 0 ? default : line[(at + key.Length)..].TrimStart((byte)' ');
        return at >= 0;
    }

    private static double Ratio(ReadOnlySpan<byte> text)
    {
        var over = Number(text, out var under);
        return over / Math.Max(1, Number(under.TrimStart((byte)'/'), out _));
    }

    /// <summary>Zero where there is no number.</summary>
    private static double Number(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest)
    {
        rest = Utf8Parser.TryParse(text, out double number, out var used) ? text[used..] : text;
        return number;
    }
}
