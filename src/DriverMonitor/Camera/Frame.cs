using System.Runtime.InteropServices;

namespace DriverMonitor.Camera;

/// <summary>How the pixels lie in memory.</summary>
internal enum PixelLayout
{
    /// <summary>Blue, green, red; three bytes a pixel (OpenCV).</summary>
    Bgr24,

    /// <summary>Red, green, blue, unused; four bytes a pixel (Skia).</summary>
    Rgba32,

    /// <summary>
    /// A full plane of luma, then U and V at half size each way. Full-range BT.601: luma 0 to 255 (rpicam-vid).
    /// </summary>
    I420,

    /// <summary>The same planes with luma 16 to 235, colour 16 to 240: what video files and most encoders hold.</summary>
    I420Limited,

    /// <summary>Luma only (infrared cameras).</summary>
    Gray8,
}

/// <summary>One picture in native memory. Made by its camera, filled again and again, never copied.</summary>
internal class Frame : IDisposable
{
    private nint _owned;

    /// <summary>A frame without memory yet: <see cref="Shape"/> gives it some, or its camera points it at pixels.</summary>
    public Frame() { }

    /// <summary>A frame that owns memory for a whole picture.</summary>
    public Frame(int width, int height, PixelLayout layout) => Shape(width, height, layout);

    /// <summary>First pixel of the first row.</summary>
    public nint Pixels { get; private set; }

    /// <summary>Bytes of the whole picture, for frames that own their memory.</summary>
    public int Size { get; private set; }

    public int Width { get; private set; }
    public int Height { get; private set; }

    /// <summary>Bytes from one row to the next (of the luma plane, for I420).</summary>
    public int Stride { get; private set; }

    public PixelLayout Layout { get; private set; }

    /// <summary>Zero-based number of the picture in its source.</summary>
    public long Number { get; set; }

    /// <summary>Time since the start on the source's clock; taken as it is, also when it jumps.</summary>
    public TimeSpan At { get; set; }

    /// <summary>When the picture was there, as the clock counts (also that of a recording, unlike <see cref="At"/>).</summary>
    public long ArrivedAt { get; set; }

    /// <summary>How long the camera was waited for and the picture decoded.</summary>
    public TimeSpan FilledIn { get; set; }

    /// <summary>Makes room for a picture of this size in memory the frame owns; nothing happens if it has that shape.</summary>
    public unsafe void Shape(int width, int height, PixelLayout layout)
    {
        if (_owned != 0 && (width, height, layout) == (Width, Height, Layout)) return;
        var stride = layout switch { PixelLayout.Bgr24 => width * 3, PixelLayout.Rgba32 => width * 4, _ => width };
        Size = layout is PixelLayout.I420 or PixelLayout.I420Limited
            ? width * height + 2 * ((width + 1) / 2 * ((height + 1) / 2))
            : stride * height;
        // The sampler reads whole vectors and may touch up to 16 bytes past the last pixel.
        NativeMemory.AlignedFree((void*)_owned);
        _owned = (nint)NativeMemory.AlignedAlloc((nuint)Size + 64, 64);
        Show(_owned, width, height, stride, layout);
    }

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
