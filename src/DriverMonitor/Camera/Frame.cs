using System.Runtime.InteropServices;

namespace DriverMonitor.Camera;

/// <summary>How the pixels lie in memory.</summary>
internal enum PixelLayout
{
    /// <summary>Blue, green, red; three bytes a pixel (OpenCV).</summary>
    Bgr24,

    /// <summary>Red, green, blue, unused; four bytes a pixel (Skia).</summary>
    Rgba32,

    /// <summary>A full plane of luma, then U and V at half size each way (rpicam-vid, most encoders). Full-range BT.601.</summary>
    I420,

    /// <summary>Luma only (infrared cameras).</summary>
    Gray8,
}

/// <summary>One picture in native memory. Made by its camera, filled again and again, never copied.</summary>
internal class Frame : IDisposable
{
    private nint _owned;

    /// <summary>A frame without memory of its own; its camera points it at pixels.</summary>
    protected Frame() { }

    /// <summary>A frame that owns memory for a whole picture.</summary>
    public unsafe Frame(int width, int height, PixelLayout layout)
    {
        var stride = layout switch { PixelLayout.Bgr24 => width * 3, PixelLayout.Rgba32 => width * 4, _ => width };
        Size = layout == PixelLayout.I420 ? width * height + 2 * ((width + 1) / 2 * ((height + 1) / 2)) : stride * height;
        // The sampler reads whole vectors and may touch up to 16 bytes past the last pixel.
        _owned = (nint)NativeMemory.AlignedAlloc((nuint)Size + 64, 64);
        Show(_owned, width, height, stride, layout);
    }

    /// <summary>First pixel of the first row.</summary>
    public nint Pixels { get; private set; }

    /// <summary>Bytes of the whole picture, for frames that own their memory.</summary>
    public int Size { get; }

    public int Width { get; private set; }
    public int Height { get; private set; }

    /// <summary>Bytes from one row to the next (of the luma plane, for I420).</summary>
    public int Stride { get; private set; }

    public PixelLayout Layout { get; private set; }

    /// <summary>Zero-based number of the picture in its source.</summary>
    public long Number { get; set; }

    /// <summary>Time since the start on the source's clock; taken as it is, also when it jumps.</summary>
    public TimeSpan At { get; set; }

    protected void Show(nint pixels, int width, int height, int stride, PixelLayout layout)
    {
        Pixels = pixels;
        Width = width;
        Height = height;
        Stride = stride;
        Layout = layout;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual unsafe void Dispose(bool disposing)
    {
        NativeMemory.AlignedFree((void*)_owned);
        _owned = 0;
    }
}
