using System.Globalization;

namespace DriverMonitor.Camera;

/// <summary>img2 before img10: digits in names are compared as numbers.</summary>
internal static class NaturalOrder
{
    public static readonly StringComparer Comparer = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering);
}
