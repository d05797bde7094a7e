using SkiaSharp;

namespace DriverMonitor.Camera;

/// <summary>
/// Pictures from a command that writes MJPEG. One that does not decode is skipped. Skia's handles cost a few hundred
/// managed bytes a picture; a camera that can give raw pictures costs none.
/// </summary>
internal sealed class CommandJpegs(ChildProcess child)
{
    /// <summary>Bytes without a picture after which the command surely writes something else.</summary>
    private const int TooMuchJunk = 32 << 20;

    private readonly JpegSplitter _splitter = new();
    private int _junk;

    /// <summary>False when the command has ended.</summary>
    /// <exception cref="CameraException">The command gives nothing, or no JPEG pictures.</exception>
    public bool Read(Frame frame, CancellationToken stop)
    {
        while (true)
        {
            if (_splitter.TryNext(out var picture))
            {
                if (!TryDecode(picture, frame)) continue;
                _junk = 0;
                return true;
            }
            else if (!Fill(stop))
            {
                return false;
            }
        }
    }

    private unsafe bool Fill(CancellationToken stop)
    {
        var room = _splitter.Room();
        fixed (byte* start = room)
        {
            var got = child.ReadSome((nint)start, room.Length, stop);
            _splitter.Filled(got);
            _junk += got;
            if (_junk > TooMuchJunk)
                throw new CameraException("The camera command writes no JPEG pictures. Is Camera:Format right?");
            return got > 0;
        }
    }

    private static unsafe bool TryDecode(ReadOnlySpan<byte> picture, Frame frame)
    {
        fixed (byte* start = picture)
        {
            using var bytes = SKData.Create((nint)start, picture.Length);
            using var codec = SKCodec.Create(bytes);
            if (codec is null) return false;
            frame.Shape(codec.Info.Width, codec.Info.Height, PixelLayout.Rgba32);
            return codec.GetPixels(
                    new SKImageInfo(frame.Width, frame.Height, SKColorType.Rgba8888, SKAlphaType.Opaque),
                    frame.Pixels
                ) == SKCodecResult.Success;
        }
    }
}
