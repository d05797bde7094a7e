using DriverMonitor.Camera;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vision;

/// <summary>
/// Measures once a second what a picture is worth before anybody looks for a face in it: on a sparse grid over the luma,
/// 45 microseconds a measurement, without allocating. What follows from the numbers is the judgement's business.
/// </summary>
internal sealed class PictureMeter
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private const int Columns = 48;
    private const int Rows = 36;

    /// <summary>The Laplacian's arm, as a share of the picture's width: the same detail at every size of picture.</summary>
    private const int ArmsAcross = 320;

    private const double Saturated = 0.98;

    /// <summary>A picture without one level of contrast is covered: it has nothing in it that could move.</summary>
    private const double Featureless = 1 / 255.0;

    private TimeSpan? _measuredAt;
    private ulong _lastPrint;

    /// <summary>Null between two measurements, and for a picture too small to have neighbours.</summary>
    public PictureQuality? Step(Frame frame)
    {
        if (Math.Min(frame.Width, frame.Height) < 2 * Arm(frame) + 1) return null;
        // A clock that went back (another recording, a reset device) starts anew.
        if (_measuredAt is { } last && frame.At >= last && frame.At - last < Every) return null;
        _measuredAt = frame.At;
        return Measure(frame);
    }

    private unsafe PictureQuality Measure(Frame frame)
    {
        var luma = new Luma(frame);
        var arm = Arm(frame);
        var (sum, squares, edges, saturated, print) = (0.0, 0.0, 0.0, 0, 14695981039346656037UL);
        for (var row = 0; row < Rows; row++)
        {
            var y = Place(row, Rows, frame.Height, arm);
            for (var column = 0; column < Columns; column++)
            {
                var x = Place(column, Columns, frame.Width, arm);
                var (middle, around) = (
                    luma.At(x, y), luma.At(x - arm, y) + luma.At(x + arm, y) + luma.At(x, y - arm) + luma.At(x, y + arm));
                var (value, edge) = (luma.ToShare(middle), luma.ToShare(around / 4.0) - luma.ToShare(middle));
                sum += value;
                squares += value * value;
                edges += edge * edge;
                if (value >= Saturated) saturated++;
                // FNV-1a over the sums: two pictures of a living sensor never agree in all of 8640 pixels.
                print = (print ^ (uint)(middle + (around << 8))) * 1099511628211UL;
            }
        }

        const int Count = Columns * Rows;
        var contrast = Math.Sqrt(Math.Max(0, squares / Count - sum / Count * (sum / Count)));
        var frozen = print == _lastPrint && contrast >= Featureless;
        _lastPrint = print;
        return new(
            Math.Clamp(sum / Count, 0, 1),
            contrast,
            contrast > 0 ? Math.Sqrt(edges / Count) / contrast : 0,
            saturated / (double)Count,
            frozen);
    }

    /// <summary>The middle of a cell, far enough from the edge for the Laplacian's arms.</summary>
    private static int Place(int cell, int cells, int length, int arm) =>
        Math.Clamp((2 * cell + 1) * length / (2 * cells), arm, length - 1 - arm);

    private static int Arm(Frame frame) => Math.Max(1, frame.Width / ArmsAcross);

    /// <summary>
    /// One expression for every layout: of planes the luma itself, weighted with itself; of colours the BT.601 mix.
    /// </summary>
    internal readonly unsafe struct Luma
    {
        private readonly byte* _pixels;
        private readonly int _stride, _step, _red, _green, _blue;
        private readonly double _black, _span;

        public Luma(Frame frame)
        {
            _pixels = (byte*)frame.Pixels;
            _stride = frame.Stride;
            (_step, _red, _green, _blue) = frame.Layout switch
            {
                PixelLayout.Bgr24 => (3, 2, 1, 0),
                PixelLayout.Rgba32 => (4, 0, 1, 2),
                _ => (1, 0, 0, 0),
            };
            (_black, _span) = frame.Layout == PixelLayout.I420Limited ? (16, 219) : (0, 255.0);
        }

        /// <summary>0 to 255.</summary>
        public int At(int x, int y)
        {
            var pixel = _pixels + (nint)y * _stride + x * _step;
            return (77 * pixel[_red] + 150 * pixel[_green] + 29 * pixel[_blue]) >> 8;
        }

        /// <summary>0 black to 1 white.</summary>
        public double ToShare(double luma) => (luma - _black) / _span;
    }
}
