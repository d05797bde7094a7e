namespace DriverMonitor.Fleet.Web;

/// <summary>
/// How sure a share is: the score interval (Wilson, Journal of the American Statistical Association 22, 1927, page 209), which
/// stays within 0 and 1 and holds for small numbers.
/// </summary>
internal static class WilsonInterval
{
    /// <summary>Of the standard normal distribution, 97.5 %.</summary>
    private const double Z = 1.959964;

    /// <returns>Both ends of the 95 % interval, 0 to 1; all of it where nothing was counted.</returns>
    public static (double Low, double High) Of(int hits, int count)
    {
        if (count <= 0) return (0, 1);
        var (share, square) = ((double)hits / count, Z * Z);
        var middle = share + (square / (2 * count));
        var spread = Z * Math.Sqrt((share * (1 - share) / count) + (square / (4.0 * count * count)));
        var whole = 1 + (square / count);
        return (Math.Max(0, (middle - spread) / whole), Math.Min(1, (middle + spread) / whole));
    }
}
