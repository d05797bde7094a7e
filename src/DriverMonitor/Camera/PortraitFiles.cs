using System.Globalization;
using DriverMonitor.Files;

namespace DriverMonitor.Camera;

/// <summary>Reads the portrait's tables of points and triangles.</summary>
internal static class PortraitFiles
{
    /// <param name="below">What every number is less than; none that counts points is negative.</param>
    public static float[][] ReadTable(string folder, string file, int columns, int fewest, float below)
    {
        try
        {
            var rows = Array.ConvertAll(
                StoredFile.ReadLines(Path.Combine(folder, file)),
                line => Array.ConvertAll(line.Split(','), field => float.Parse(field, CultureInfo.InvariantCulture)));
            var isSound =
                rows.Length >= fewest
                && Array.TrueForAll(
                    rows,
                    row =>
                        row.Length >= columns
                        && Array.TrueForAll(
                            row, value => value < below && (below == float.MaxValue ? value > -below : value >= 0)));
            return isSound ? rows : throw new FormatException("It is not the portrait's own.");
        }
        catch (Exception e) when (e is IOException or FormatException or UnauthorizedAccessException)
        {
            throw new CameraException(
                $"{Path.Combine(folder, file)} cannot be read: {e.Message} Install the models folder again.", e);
        }
    }
}
