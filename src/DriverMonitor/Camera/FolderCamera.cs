using DriverMonitor.Files;
using SkiaSharp;

namespace DriverMonitor.Camera;

/// <summary>
/// A folder of pictures (jpg, png) in natural order at a nominal rate, or a single picture. A file that is no picture stops
/// the replay: a gap nobody noticed would shift every time behind it.
/// </summary>
internal sealed class FolderCamera(string path, double framesPerSecond) : ICamera
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png"];

    private const long MostPixels = 200_000_000;

    private string[] _files = [];
    private int _next;

    public bool IsLive => false;

    public int? FrameCount => _files.Length;

    public static bool IsPicture(string file) => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    public void Open()
    {
        _next = 0;
        try
        {
            _files = File.Exists(path)
                ? [path]
                : [.. Directory.EnumerateFiles(path).Where(IsPicture).Order(NaturalOrder.Comparer)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CameraException($"Folder {path} cannot be read: {e.Message} Name another folder, or a video.", e);
        }

        if (_files.Length == 0)
            throw new CameraException($"Folder {path} holds no picture (.jpg, .png). Name another folder, or a video.");
    }

    public Frame NewFrame() => new PictureFrame();

    public bool Read(Frame frame, CancellationToken stop)
    {
        if (_next == _files.Length) return false;
        var file = _files[_next];
        if (InputFile.Fault(file) is { } fault) throw new CameraException($"{file} {fault}. Remove it or replace it.");
        ((PictureFrame)frame).Take(Decode(file));
        frame.At = TimeSpan.FromSeconds(_next / framesPerSecond);
        _next++;
        return true;
    }

    public void Close() { }

    public void Dispose() { }

    /// <summary>The whole picture, upright; a cut one would be judged with a grey driver in its lower half.</summary>
    private static SKBitmap Decode(string file)
    {
        using var codec = SKCodec.Create(file) ?? throw Unreadable(file);
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MostPixels)
            throw new CameraException(
                $"{file} has {width} x {height} pixels, more than can be a camera's. Remove it or replace it.");
        // A picture that has transparency cannot be decoded as if it had none; what is transparent comes out black.
        var alpha = codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul;
        var picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, alpha));
        if (codec.GetPixels(picture.Info, picture.GetPixels()) == SKCodecResult.Success)
            return UprightPicture.Of(picture, codec.EncodedOrigin);
        picture.Dispose();
        throw Unreadable(file);
    }

    private static CameraException Unreadable(string file) =>
        new($"{file} is not a picture that can be read. Remove it or replace it.");

    /// <summary>Shows the bitmap that was decoded last; pictures of a folder may differ in size.</summary>
    private sealed class PictureFrame : Frame
    {
        private SKBitmap? _picture;

        public void Take(SKBitmap picture)
        {
            _picture?.Dispose();
            _picture = picture;
            Show(picture.GetPixels(), picture.Width, picture.Height, picture.RowBytes, PixelLayout.Rgba32);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _picture?.Dispose();
            base.Dispose(disposing);
        }
    }
}
