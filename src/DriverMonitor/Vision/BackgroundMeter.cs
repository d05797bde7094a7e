using DriverMonitor.Camera;

namespace DriverMonitor.Vision;

/// <summary>
/// Measures how much moves behind the driver: the windows of a vehicle that rolls. On a sparse grid beside the head and above the
/// shoulders, from picture to picture, without allocating; what changes everywhere (exposure, a tunnel) is no motion.
/// </summary>
internal sealed class BackgroundMeter
{
    private const int Columns = 24, Rows = 18;

    // In crops of the mesh (1.5 faces): hair, ears and a head that turns lie within, shoulders and hands below.
    private const double BesideHead = 0.4, BelowChin = 0.35;

    /// <summary>Levels of 255: more than a sensor's noise and a codec's, less than the edge of anything outside.</summary>
    private const int Noise = 12;

    /// <summary>With fewer points a face fills the picture: nothing can be said.</summary>
    private const int LeastPoints = 40;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Pictures farther apart show something else anyway.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromMilliseconds(300);

    private readonly byte[] _last = new byte[Columns * Rows];
    private readonly short[] _changes = new short[Columns * Rows];
    private (int Width, int Height, PixelLayout Layout) _shape;
    private TimeSpan? _lastAt;
    private TimeSpan _from;
    private double _sum;
    private int _count;

    /// <param name="head">The mesh's crop in the upright picture; null while no face is followed, and then nothing is
    /// measured.</param>
    /// <returns>Once a second the mean share of the points that moved, 0..1; null between, and while it cannot be said.</returns>
    public double? Step(Frame frame, CropArea? head, PictureOrientation orientation)
    {
        var gap = frame.At - _lastAt;
        var isNext = gap > TimeSpan.Zero && gap <= Farthest && _shape == (frame.Width, frame.Height, frame.Layout);
        var share = Update(frame, head, orientation);
        (_lastAt, _shape) = (frame.At, (frame.Width, frame.Height, frame.Layout));
        if (!isNext)
        {
            (_sum, _count, _from) = (0, 0, frame.At);
            return null;
        }

        if (share is { } moved) (_sum, _count) = (_sum + moved, _count + 1);
        if (frame.At - _from < Every) return null;
        double? mean = _count > 0 ? _sum / _count : null;
        (_sum, _count, _from) = (0, 0, frame.At);
        return mean;
    }

    private double? Update(Frame frame, CropArea? head, PictureOrientation orientation)
    {
        var luma = new PictureMeter.Luma(frame);
        var toSource = orientation.ToSource(frame.Width, frame.Height);
        var (width, height) = orientation.SwapsSides ? (frame.Height, frame.Width) : (frame.Width, frame.Height);
        var (points, sum) = (0, 0);
        for (var row = 0; row < Rows; row++)
        {
            var y = (row + 0.5) * height / Rows;
            for (var column = 0; column < Columns; column++)
            {
                var x = (column + 0.5) * width / Columns;
                var (sourceX, sourceY) = toSource.Map(x, y);
                var place = row * Columns + column;
                var now = luma.At(Math.Clamp((int)sourceX, 0, frame.Width - 1), Math.Clamp((int)sourceY, 0, frame.Height - 1));
                if (IsBehind(head, x, y))
                {
                    _changes[points++] = (short)(now - _last[place]);
                    sum += now - _last[place];
                }

                _last[place] = (byte)now;
            }
        }

        return points < LeastPoints ? null : Moved(_changes.AsSpan(0, points), sum / points);
    }

    private static double Moved(ReadOnlySpan<short> changes, int common)
    {
        var moved = 0;
        foreach (var change in changes)
        {
            if (Math.Abs(change - common) > Noise) moved++;
        }

        return (double)moved / changes.Length;
    }

    private static bool IsBehind(CropArea? head, double x, double y) => head is { } crop
        && Math.Abs(x - crop.CentreX) > BesideHead * crop.Side && y < crop.CentreY + BelowChin * crop.Side;
}
