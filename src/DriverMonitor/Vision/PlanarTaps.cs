using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DriverMonitor.Camera;

namespace DriverMonitor.Vision;

/// <summary>A plane of luma and two of colour at half size, as decoders and most cameras give them.</summary>
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

    public static bool TakesEight => Avx2.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rgb8 ToRgb8(in I420Taps taps, Vector256<int> x, Vector256<int> y)
    {
        var (light, blue, red) = taps.Between8(x, y);
        return ToRgb8(light, blue, red);
    }

    /// <summary>Luma, and the two colours around zero. Four bytes are read for each: frames have room behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector256<float> Luma, Vector256<float> U, Vector256<float> V) Between8(Vector256<int> x, Vector256<int> y)
    {
        var (fraction, low) = (Vector256.Create(0xFFFF), Vector256.Create(0xFF));
        var fx = Vector256.ConvertToSingle(x & fraction) * Vector256.Create(1f / 65536);
        var fy = Vector256.ConvertToSingle(y & fraction) * Vector256.Create(1f / 65536);
        var at = (y >> 16) * Vector256.Create(stride) + (x >> 16);
        var (over, under) = (
            Avx2.GatherVector256((int*)luma, at, 1), Avx2.GatherVector256((int*)(luma + stride), at, 1));
        var top = Mix(over & low, (over >>> 8) & low, fx);
        var bottom = Mix(under & low, (under >>> 8) & low, fx);
        var half = Vector256.Create(0x8000);
        var chroma = ((y + half) >> 17) * Vector256.Create(chromaStride) + ((x + half) >> 17);
        var middle = Vector256.Create(128f);
        return (
            top + (bottom - top) * fy,
            Vector256.ConvertToSingle(Avx2.GatherVector256((int*)u, chroma, 1) & low) - middle,
            Vector256.ConvertToSingle(Avx2.GatherVector256((int*)v, chroma, 1) & low) - middle);
    }

    /// <summary>As <see cref="ToRgb(Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rgb8 ToRgb8(Vector256<float> luma, Vector256<float> u, Vector256<float> v)
    {
        return new(
            Limit(luma + Vector256.Create(1.402f) * v),
            Limit(luma + Vector256.Create(-0.344136f) * u + Vector256.Create(-0.714136f) * v),
            Limit(luma + Vector256.Create(1.772f) * u));

        static Vector256<float> Limit(Vector256<float> channel) =>
            Vector256.Min(Vector256.Max(channel, Vector256<float>.Zero), Vector256.Create(255f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Mix(Vector256<int> left, Vector256<int> right, Vector256<float> share) =>
        Vector256.ConvertToSingle(left) + Vector256.ConvertToSingle(right - left) * share;

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
    private readonly I420Taps _planes = planes;

    public static I420LimitedTaps Of(Frame frame) => new(I420Taps.Of(frame));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> At(int x, int y) => _planes.At(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Between(int x, int y) => _planes.Between(x, y);

    public static bool TakesEight => I420Taps.TakesEight;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rgb8 ToRgb8(in I420LimitedTaps taps, Vector256<int> x, Vector256<int> y)
    {
        var (light, blue, red) = taps._planes.Between8(x, y);
        var (ofLight, ofColour) = (Vector256.Create(1.164384f), Vector256.Create(1.138393f));
        return I420Taps.ToRgb8((light - Vector256.Create(16f)) * ofLight, blue * ofColour, red * ofColour);
    }

    /// <summary>BT.601, luma 16 to 235 and colour 16 to 240 stretched to full range: 255/219 and 255/224.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToRgb(Vector128<float> channels) => I420Taps.ToRgb(
        (channels - Vector128.Create(16f, 0f, 0f, 0f)) * Vector128.Create(1.164384f, 1.138393f, 1.138393f, 0f));
}
