using System.Globalization;
using System.Text;

namespace DriverMonitor.Tests.Support;

/// <summary>
/// What a satellite receiver says during a short drive, a second each: no fix, waiting, to 50 km/h and back to a stop.
/// </summary>
internal static class NmeaDrive
{
    private const double MetresPerSecondInAKnot = 1852.0 / 3600;
    private const double MetresInAMinuteOfLatitude = 1852;

    /// <summary>In knots; null for no fix. 27 knots are 50 km/h.</summary>
    private static readonly double?[] Knots = [null, null, null, 0, 0, 0, 5, 10, 20, 27, 27, 27, 27, 20, 10, 0, 0, 0, 0];

    public static string Text()
    {
        var text = new StringBuilder();
        var north = 6.0;
        for (var second = 0; second < Knots.Length; second++)
        {
            north += (Knots[second] ?? 0) * MetresPerSecondInAKnot / MetresInAMinuteOfLatitude;
            foreach (
                var sentence in Sentences(
                    second, Knots[second], string.Create(CultureInfo.InvariantCulture, $"52{north:00.0000},N,00418.0000,E")))
                text.Append(
                    CultureInfo.InvariantCulture, $"${sentence}*{sentence.Aggregate(0, (sum, letter) => sum ^ letter):X2}\r\n");
        }

        return text.ToString();
    }

    private static string[] Sentences(int second, double? knots, string place) => knots is { } speed
        ? [
            string.Create(CultureInfo.InvariantCulture, $"GPRMC,1001{second:00}.00,A,{place},{speed:0.0},0.0,221126,,,A"),
            $"GPGGA,1001{second:00}.00,{place},1,08,1.0,5.0,M,47.0,M,,",
            "GPGSA,A,3,01,02,03,04,05,06,07,08,,,,,1.5,1.0,1.1",
        ]
        : [
            $"GPRMC,1001{second:00}.00,V,,,,,,,221126,,,N",
            $"GPGGA,1001{second:00}.00,,,,,0,00,99.9,,M,,M,,",
            "GPGSA,A,1,,,,,,,,,,,,,1.5,1.0,1.1",
        ];
}
