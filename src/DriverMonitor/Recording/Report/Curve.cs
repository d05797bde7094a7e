using System.Globalization;
using System.Text;

namespace DriverMonitor.Recording.Report;

/// <summary>
/// One figure over a drive, thinned out to what a page can show: the middle of each stretch, and how far it reached.
/// </summary>
internal sealed class Curve
{
    /// <summary>More points than this no page is wide.</summary>
    private const int Most = 800;

    private readonly List<Point?> _points = [];

    /// <param name="samples">In the order of time, evenly spaced.</param>
    public Curve(Axis axis, IReadOnlyList<CurveSample> samples)
    {
        var width = Math.Max(1, (int)Math.Ceiling(samples.Count / (double)Most));
        for (var from = 0; from < samples.Count; from += width) Add(axis, [.. samples.Skip(from).Take(width)]);
    }

    /// <summary>One figure that has no band.</summary>
    public static Curve Of<T>(Axis axis, IReadOnlyList<T> all, Func<T, TimeSpan> at, Func<T, double?> figure) =>
        new(axis, [.. all.Select(one => CurveSample.Of(at(one), figure(one)))]);

    public bool IsEmpty => _points.All(point => point is null);

    /// <summary>The largest value, for the scale.</summary>
    public double Peak => _points.Max(point => point?.Value) ?? 0;

    /// <summary>Stretches without a value, as shares of the width.</summary>
    public IEnumerable<(double From, double Width)> Unknown()
    {
        var step = _points.Count == 0 ? 1 : 1.0 / _points.Count;
        for (var i = 0; i < _points.Count; i++)
        {
            if (_points[i] is not null) continue;
            var from = i;
            while (i + 1 < _points.Count && _points[i + 1] is null) i++;
            yield return (from * step, (i + 1 - from) * step);
        }
    }

    /// <summary>The line as a path of SVG, 1000 wide and 100 high.</summary>
    public string Line(double scale) => Paths(run => Path(run, point => point.Value / scale));

    /// <summary>The band between least and most, as a path.</summary>
    public string Band(double scale) =>
        Paths(run =>
            $"{Path(run, point => point.Hi / scale)}{Path(Enumerable.Reverse(run), point => point.Lo / scale).Replace('M', 'L')}Z"
        );

    private void Add(Axis axis, CurveSample[] stretch)
    {
        var known = stretch.Where(one => one.Value is not null).ToList();
        // Unknown for most of it is unknown.
        _points.Add(
            known.Count * 2 < stretch.Length || known.Count == 0
                ? null
                : new(
                    axis.Place(stretch[stretch.Length / 2].At),
                    known.Max(one => one.Value!.Value),
                    known.Min(one => one.Lo!.Value),
                    known.Max(one => one.Hi!.Value)));
    }

    private string Paths(Func<List<Point>, string> write)
    {
        var (path, run) = (new StringBuilder(), new List<Point>());
        foreach (var point in _points.Append(null))
        {
            if (point is { } known) run.Add(known);
            else if (run.Count > 0)
            {
                path.Append(write(run));
                run.Clear();
            }
        }

        return path.ToString();
    }

    private static string Path(IEnumerable<Point> run, Func<Point, double> height)
    {
        var path = new StringBuilder();
        foreach (var point in run)
            path.Append(
                CultureInfo.InvariantCulture,
                $"{(path.Length == 0 ? 'M' : 'L')}{1000 * point.X:F1} {100 - 100 * Math.Clamp(height(point), 0, 1):F1}");
        return path.ToString();
    }

    private readonly record struct Point(double X, double Value, double Lo, double Hi);
}

/// <summary>One figure at one moment; without values where it could not be said.</summary>
internal readonly record struct CurveSample(TimeSpan At, double? Value = null, double? Lo = null, double? Hi = null)
{
    public static CurveSample Of(TimeSpan at, double? value) => new(at, value, value, value);
}
