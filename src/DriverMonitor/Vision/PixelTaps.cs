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

    /// <summary>Whether <see cref="ToRgb8"/> may be called on this processor.</summary>
    static virtual bool TakesEight => false;

    /// <summary>What <see cref="Between"/> and <see cref="ToRgb"/> say of eight positions, to the last bit.</summary>
    static virtual Rgb8 ToRgb8(in TSelf taps, Vector256<int> x, Vector256<int> y) => throw new NotSupportedException();
}

/// <summary>Eight pixels, 0..255.</summary>
internal readonly record struct Rgb8(Vector256<float> Red, Vector256<float> Green, Vector256<float> Blue);

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
