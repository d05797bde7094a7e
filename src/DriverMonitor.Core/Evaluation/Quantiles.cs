namespace DriverMonitor.Core.Evaluation;

/// <summary>Quantiles with linear interpolation (Hyndman and Fan 1996, type 7, as NumPy and R).</summary>
public static class Quantiles
{
    /// <param name="sorted">Ascending, not empty.</param>
    /// <param name="share">0..1.</param>
    public static double OfSorted(IReadOnlyList<double> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
