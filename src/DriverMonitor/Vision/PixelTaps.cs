using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DriverMonitor.Camera;

namespace DriverMonitor.Vision;

/// <summary>
/// Reads one pixel of a layout as four floats. The layouts are structs behind a static interface so that the sampler's
/// loop is compiled once for each, without a branch a pixel.
/// </summary>
internal interface IPixelTaps<TSelf> where TSelf : struct, IPixelTaps<TSelf>
{
    static abstract TSelf Of(Frame frame);

    /// <summary>The pixel's channels in the layout's own order; x and y lie inside the picture.</summary>
    Vector128<float> At(int x, int y);

    /// <summary>
    /// The channels between four pixels, bilinear. Positions are 16.16 fixed point; all four lie inside the picture.
    /// </summary>
    Vector128<float> Between(int x, int y);

    /// <summary>From the layout's channels to red, green, blue, 0..255. Linear, so it may follow the interpolation.</summary>
    static abstract Vector128<float> ToRgb(Vector128<float> channels);
}

internal readonly unsafe struct BgrTaps(byte* pixels, int stride) : IPixelTaps<BgrTaps>
{
    public static BgrTaps Of(Frame frame) => new((byte*)frame.Pixels, frame.Stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> At(int x, int y) => Bytes.ToFloats(pixels + (nint)y * stride + x * 3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Between(int x, int y) => Bilinear.Mix(this, x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToRgb(Vector128<float> channels) => Vector128.Shuffle(channels, Vector128.Create(2, 1, 0, 3));
}

internal readonly unsafe struct RgbaTaps(byte* pixels, int stride) : IPixelTaps<RgbaTaps>
{
    public static RgbaTaps Of(Frame frame) => new((byte*)frame.Pixels, frame.Stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> At(int x, int y) => Bytes.ToFloats(pixels + (nint)y * stride + x * 4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Between(int x, int y) => Bilinear.Mix(this, x, y);

    public static Vector128<float> ToRgb(Vector128<float> channels) => channels;
}

internal readonly unsafe struct GrayTaps(byte* pixels, int stride) : IPixelTaps<GrayTaps>
{
    public static GrayTaps Of(Frame frame) => new((byte*)frame.Pixels, frame.Stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> At(int x, int y) => Vector128.Create((float)pixels[(nint)y * stride + x]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Between(int x, int y) => Bilinear.Mix(this, x, y);

    public static Vector128<float> ToRgb(Vector128<float> channels) => channels;
}

internal readonly unsafe struct I420Taps(byte* luma, byte* u, byte* v, int stride, int chromaStride) : IPixelTaps<I420Taps>
{
    public static I420Taps Of(Frame frame)
    {
        var luma = (byte*)frame.Pixels;
        var chromaStride = (frame.Width + 1) / 2;
        var u = luma + (nint)frame.Stride * frame.Height;
        return new(luma, u, u + (nint)chromaStride * ((frame.Height + 1) / 2), frame.Stride, chromaStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> At(int x, int y)
    {
        var chroma = (nint)(y >> 1) * chromaStride + (x >> 1);
        // Three bytes in one register: a quarter less time for the whole crop than a vector made of three floats.
        var three = luma[(nint)y * stride + x] | (uint)u[chroma] << 8 | (uint)v[chroma] << 16;
        return Bytes.ToFloats(three) - Vector128.Create(0f, 128f, 128f, 0f);
    }

    /// <summary>Colour has half the resolution anyway, so only luma is mixed: that halves the time for the whole crop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Between(int x, int y)
    {
        var (fx, fy) = ((x & 0xFFFF) * (1f / 65536), (y & 0xFFFF) * (1f / 65536));
        var row = luma + (nint)(y >> 16) * stride + (x >> 16);
        var top = row[0] + (row[1] - row[0]) * fx;
        var bottom = row[stride] + (row[stride + 1] - row[stride]) * fx;
        var chroma = (nint)((y + 0x8000) >> 17) * chromaStride + ((x + 0x8000) >> 17);
        return Vector128.Create(top + (bottom - top) * fy, u[chroma] - 128f, v[chroma] - 128f, 0f);
    }

    /// <summary>BT.601, full range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToRgb(Vector128<float> channels)
    {
        var rgb = Vector128.Shuffle(channels, Vector128.Create(0, 0, 0, 0))
            + Vector128.Create(0f, -0.344136f, 1.772f, 0f) * Vector128.Shuffle(channels, Vector128.Create(1, 1, 1, 1))
            + Vector128.Create(1.402f, -0.714136f, 0f, 0f) * Vector128.Shuffle(channels, Vector128.Create(2, 2, 2, 2));
        return Vector128.Min(Vector128.Max(rgb, Vector128<float>.Zero), Vector128.Create(255f));
    }
}

/// <summary>The planes of <see cref="I420Taps"/>; only the way to red, green and blue differs.</summary>
internal readonly struct I420LimitedTaps(I420Taps planes) : IPixelTaps<I420LimitedTaps>
{
    public static I420LimitedTaps Of(Frame frame) => new(I420Taps.Of(frame));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> At(int x, int y) => planes.At(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Between(int x, int y) => planes.Between(x, y);

    /// <summary>BT.601, luma 16 to 235 and colour 16 to 240 stretched to full range: 255/219 and 255/224.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToRgb(Vector128<float> channels) => I420Taps.ToRgb(
        (channels - Vector128.Create(16f, 0f, 0f, 0f)) * Vector128.Create(1.164384f, 1.138393f, 1.138393f, 0f));
}

internal static class Bilinear
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Mix<TTaps>(in TTaps taps, int x, int y) where TTaps : struct, IPixelTaps<TTaps>
    {
        var (ix, iy) = (x >> 16, y >> 16);
        var fx = Vector128.Create((x & 0xFFFF) * (1f / 65536));
        var fy = Vector128.Create((y & 0xFFFF) * (1f / 65536));
        var a = taps.At(ix, iy);
        var b = taps.At(ix, iy + 1);
        var top = a + (taps.At(ix + 1, iy) - a) * fx;
        var bottom = b + (taps.At(ix + 1, iy + 1) - b) * fx;
        return top + (bottom - top) * fy;
    }
}

internal static unsafe class Bytes
{
    /// <summary>Four bytes as floats; the caller sees to it that four may be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToFloats(byte* four) => ToFloats(Unsafe.ReadUnaligned<uint>(four));

    /// <summary>The lowest byte first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToFloats(uint four)
    {
        var bytes = Vector128.CreateScalarUnsafe(four).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
    }
}
