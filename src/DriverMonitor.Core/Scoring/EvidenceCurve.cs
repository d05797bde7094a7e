using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;

namespace DriverMonitor.Core.Scoring;

/// <summary>What a cue's value says, -1 (against) to 1 (for): straight lines between points, flat beyond the ends.</summary>
[TypeConverter(typeof(EvidenceCurveText))]
[JsonConverter(typeof(EvidenceCurveJson))]
public sealed class EvidenceCurve
{
    private readonly double[] _x;
    private readonly double[] _y;

    /// <summary>Points in rising order of value. A curve must not fall: more of a cue never speaks against the state.</summary>
    public EvidenceCurve(params (double X, double Y)[] points)
    {
        ArgumentOutOfRangeException.ThrowIfZero(points.Length);
        for (int i = 1; i < points.Length; i++)
            if (!(points[i].X > points[i - 1].X && points[i].Y >= points[i - 1].Y))
                throw new ArgumentException($"An evidence curve must rise; point {i + 1} does not.", nameof(points));

        _x = Array.ConvertAll(points, p => p.X);
        _y = Array.ConvertAll(points, p => p.Y);
    }

    public double Least => _y[0];

    public double Most => _y[^1];

    public ReadOnlySpan<double> Values => _x;

    public ReadOnlySpan<double> Evidence => _y;

    /// <summary>Reads what <see cref="ToString"/> writes. Throws <see cref="FormatException"/>.</summary>
    public static EvidenceCurve Parse(string text)
    {
        try
        {
            return new([.. text.Split(',').Select(Point)]);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"'{text}' is no curve: {e.Message}", e);
        }
    }

    /// <summary>Value and evidence of each point, such as <c>0 -0.4, 0.06 0, 0.2 1</c>.</summary>
    public override string ToString() =>
        string.Join(", ", _x.Select((x, i) => string.Create(CultureInfo.InvariantCulture, $"{x} {_y[i]}")));

    public double At(double value)
    {
        if (value <= _x[0]) return _y[0];
        for (int i = 1; i < _x.Length; i++)
            if (value <= _x[i])
                return _y[i - 1] + (value - _x[i - 1]) / (_x[i] - _x[i - 1]) * (_y[i] - _y[i - 1]);
        return _y[^1];
    }

    private static (double X, double Y) Point(string text)
    {
        var numbers = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length == 2
            && double.TryParse(numbers[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && double.IsFinite(x)
            && double.TryParse(numbers[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var y) && double.IsFinite(y)
            ? (x, y) : throw new FormatException($"'{text.Trim()}' is no point of a curve: two numbers, such as 0.06 0.");
    }
}
