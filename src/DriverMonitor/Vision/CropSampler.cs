using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DriverMonitor.Camera;

namespace DriverMonitor.Vision;

/// <summary>
/// Fills a model's input straight from the camera's own pixels: turn, scale, colour and range in one pass over just the
/// pixels the model sees. No other pixel is touched: a pass over the whole frame would also push the network's weights
/// out of the cache and be paid for twice. Outside the picture is black.
/// </summary>
internal static class CropSampler
{
    /// <summary>Bilinear, one source position a model pixel.</summary>
    public static void Sample(Frame frame, in Affine toSource, ModelInput shape, Span<float> input)
    {
        switch (frame.Layout)
        {
            case PixelLayout.Bgr24: Sample<BgrTaps>(frame, toSource, shape, input); break;
            case PixelLayout.Rgba32: Sample<RgbaTaps>(frame, toSource, shape, input); break;
            case PixelLayout.Gray8: Sample<GrayTaps>(frame, toSource, shape, input); break;
            case PixelLayout.I420: Sample<I420Taps>(frame, toSource, shape, input); break;
            case PixelLayout.I420Limited: Sample<I420LimitedTaps>(frame, toSource, shape, input); break;
            default: throw new InvalidOperationException($"Pixel layout {frame.Layout} has no sampler.");
        }
    }

    /// <summary>Mean of the source's pixels under each model pixel, for pictures much larger than the input.</summary>
    public static void SampleArea(Frame frame, in Affine toSource, ModelInput shape, Span<float> input)
    {
        switch (frame.Layout)
        {
            case PixelLayout.Bgr24: SampleArea<BgrTaps>(frame, toSource, shape, input); break;
            case PixelLayout.Rgba32: SampleArea<RgbaTaps>(frame, toSource, shape, input); break;
            case PixelLayout.Gray8: SampleArea<GrayTaps>(frame, toSource, shape, input); break;
            case PixelLayout.I420: SampleArea<I420Taps>(frame, toSource, shape, input); break;
            case PixelLayout.I420Limited: SampleArea<I420LimitedTaps>(frame, toSource, shape, input); break;
            default: throw new InvalidOperationException($"Pixel layout {frame.Layout} has no sampler.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // millions of pixels pass before the runtime would think of it
    private static unsafe void Sample<TTaps>(Frame frame, in Affine map, ModelInput shape, Span<float> input)
        where TTaps : struct, IPixelTaps<TTaps>
    {
        var taps = TTaps.Of(frame);
        var (width, height) = (shape.Width, shape.Height);
        var scale = Vector128.Create(shape.Scale);
        var offset = Vector128.Create(shape.Offset);
        // Four taps, and the byte a vector load reads beyond the last one, lie inside the picture up to here.
        var (lastX, lastY) = ((frame.Width - 2) << 16, (frame.Height - 3) << 16);

        // 16.16 fixed point: exact to 1/65536 pixel, and stepping is one addition.
        var (stepX, stepY) = (Fixed(map.A), Fixed(map.D));
        fixed (float* start = input)
        {
            var to = start;
            for (var row = 0; row < height; row++)
            {
                // Centres of pixels, from edges to indices: hence the halves.
                var (x0, y0) = map.Map(0.5, row + 0.5);
                var (x, y) = (Fixed(x0 - 0.5), Fixed(y0 - 0.5));
                var (from, until) = Run.Where(x, stepX, lastX, width).And(Run.Where(y, stepY, lastY, width));
                for (var column = 0; column < width; column++, x += stepX, y += stepY, to += 3)
                {
                    if (TTaps.TakesEight && column == from)
                    {
                        var done = SampleEights(taps, shape, (x, y), (stepX, stepY), until - from, to);
                        (x, y, column) = (x + done * stepX, y + done * stepY, column + done);
                        to += 3 * done;
                        if (column == width) break;
                    }

                    var mixed = column >= from && column < until
                        ? taps.Between(x, y)
                        : MixAtBorder(taps, x, y, frame.Width, frame.Height);
                    // The fourth lane is overwritten by the next pixel; the last one falls into the input's padding.
                    (TTaps.ToRgb(mixed) * scale + offset).Store(to);
                }
            }
        }
    }

    /// <summary>Eight pixels at a time; fewer are left over.</summary>
    /// <returns>How many were done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe int SampleEights<TTaps>(
        in TTaps taps, ModelInput shape, (int X, int Y) start, (int X, int Y) step, int count, float* to)
        where TTaps : struct, IPixelTaps<TTaps>
    {
        var done = 0;
        var (x, y) = (Eight(start.X, step.X), Eight(start.Y, step.Y));
        var (nextX, nextY) = (Vector256.Create(8 * step.X), Vector256.Create(8 * step.Y));
        for (; done + 8 <= count; done += 8, x += nextX, y += nextY) Store8(TTaps.ToRgb8(taps, x, y), shape, to + 3 * done);
        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // one call reads the whole picture, before the first judgement
    private static unsafe void SampleArea<TTaps>(Frame frame, in Affine map, ModelInput shape, Span<float> input)
        where TTaps : struct, IPixelTaps<TTaps>
    {
        var taps = TTaps.Of(frame);
        var scale = Vector128.Create(shape.Scale);
        var offset = Vector128.Create(shape.Offset);
        fixed (float* start = input)
        {
            var to = start;
            for (var row = 0; row < shape.Height; row++)
            {
                for (var column = 0; column < shape.Width; column++, to += 3)
                {
                    // The map only stretches and turns by right angles, so a model pixel covers a rectangle of the source.
                    var (x0, y0) = map.Map(column, row);
                    var (x1, y1) = map.Map(column + 1, row + 1);
                    var mean = Mean(
                        taps, Math.Min(x0, x1), Math.Min(y0, y1), Math.Max(x0, x1), Math.Max(y0, y1), frame.Width, frame.Height);
                    (TTaps.ToRgb(mean) * scale + offset).Store(to);
                }
            }
        }
    }

    /// <summary>Mean of a rectangle of the source; pixels it covers in part count in part, what lies outside is black.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<float> Mean<TTaps>(
        in TTaps taps, double left, double top, double right, double bottom, int width, int height)
        where TTaps : struct, IPixelTaps<TTaps>
    {
        var sum = Vector128<float>.Zero;
        var (firstX, lastX) = (Math.Max(0, (int)Math.Floor(left)), Math.Min(width, (int)Math.Ceiling(right)));
        var (firstY, lastY) = (Math.Max(0, (int)Math.Floor(top)), Math.Min(height, (int)Math.Ceiling(bottom)));
        for (var y = firstY; y < lastY; y++)
        {
            var share = (float)(Math.Min(bottom, y + 1) - Math.Max(top, y));
            for (var x = firstX; x < lastX; x++)
                sum += Border(taps, x, y, width, height) * (share * (float)(Math.Min(right, x + 1) - Math.Max(left, x)));
        }

        return sum / (float)((right - left) * (bottom - top));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> MixAtBorder<TTaps>(in TTaps taps, int x, int y, int width, int height)
        where TTaps : struct, IPixelTaps<TTaps>
    {
        var (ix, iy) = (x >> 16, y >> 16);
        var fx = Vector128.Create((x & 0xFFFF) * (1f / 65536));
        var fy = Vector128.Create((y & 0xFFFF) * (1f / 65536));
        var a = Border(taps, ix, iy, width, height);
        var b = Border(taps, ix, iy + 1, width, height);
        var top = a + (Border(taps, ix + 1, iy, width, height) - a) * fx;
        var bottom = b + (Border(taps, ix + 1, iy + 1, width, height) - b) * fx;
        return top + (bottom - top) * fy;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Border<TTaps>(in TTaps taps, int x, int y, int width, int height)
        where TTaps : struct, IPixelTaps<TTaps>
    {
        if ((uint)x >= (uint)width || (uint)y >= (uint)height) return Vector128<float>.Zero;

        // The very last pixel has no fourth byte behind it; its neighbour stands in.
        if (x == width - 1 && y == height - 1 && x > 0) x--;
        return taps.At(x, y);
    }

    /// <summary>A coordinate and those of the seven pixels after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Eight(int start, int step) =>
        Vector256.Create(start) + Vector256.Create(step) * Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);

    /// <summary>Red, green and blue of a pixel side by side; the fourth lane of each is overwritten by the next pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Store8(in Rgb8 eight, ModelInput shape, float* to)
    {
        var (scale, offset) = (Vector256.Create(shape.Scale), Vector256.Create(shape.Offset));
        var (red, green, blue) = (eight.Red * scale + offset, eight.Green * scale + offset, eight.Blue * scale + offset);
        var (redBlue, ofGreen) = (Avx.UnpackLow(red, blue), Avx.UnpackLow(green, green));
        var (redBlue2, ofGreen2) = (Avx.UnpackHigh(red, blue), Avx.UnpackHigh(green, green));
        var (first, second) = (Avx.UnpackLow(redBlue, ofGreen), Avx.UnpackHigh(redBlue, ofGreen));
        var (third, fourth) = (Avx.UnpackLow(redBlue2, ofGreen2), Avx.UnpackHigh(redBlue2, ofGreen2));
        first.GetLower().Store(to);
        second.GetLower().Store(to + 3);
        third.GetLower().Store(to + 6);
        fourth.GetLower().Store(to + 9);
        first.GetUpper().Store(to + 12);
        second.GetUpper().Store(to + 15);
        third.GetUpper().Store(to + 18);
        fourth.GetUpper().Store(to + 21);
    }

    private static int Fixed(double value) => (int)Math.Round(value * 65536);

    /// <summary>Columns from one to before another.</summary>
    private readonly record struct Run(int From, int Until)
    {
        /// <summary>
        /// Where a coordinate that starts at <paramref name="start"/> and steps on lies between 0 and <paramref name="last"/>.
        /// </summary>
        public static Run Where(int start, int step, int last, int columns)
        {
            if (step == 0) return start >= 0 && start <= last ? new(0, columns) : new(0, 0);
            var (low, high) = step > 0 ? (-(double)start, (double)last - start) : ((double)last - start, -(double)start);
            return new(
                (int)Math.Clamp(Math.Ceiling(low / step), 0, columns), (int)Math.Clamp(Math.Floor(high / step) + 1, 0, columns));
        }

        public Run And(Run other) => new(Math.Max(From, other.From), Math.Min(Until, other.Until));
    }
}
