using System.Globalization;
using DriverMonitor.Core.Signals;
using Iot.Device.Nmea0183;

namespace DriverMonitor.Vehicle;

/// <summary>What a receiver's RMC sentence says: the recommended minimum, which every receiver sends once a second.</summary>
/// <param name="SpeedKmh">Null without a fix, and where the sentence leaves it out.</param>
/// <param name="Time">In UTC, where the sentence says it.</param>
internal sealed record NmeaFix(double? SpeedKmh, GeoPosition? Position, DateTimeOffset? Time, bool HasFix)
{
    /// <summary>The standard allows 82 characters; some receivers send more.</summary>
    public const int LongestLine = 120;

    private const double KmhPerKnot = 1.852, FastestKmh = 400;
    private const int TimeField = 0, StatusField = 1, LatitudeField = 2, LongitudeField = 4, SpeedField = 6, DateField = 8;

    /// <summary>Null for another sentence, a damaged one, or none at all. A checksum is demanded.</summary>
    /// <remarks>The fields are read here and not by the library's type, which takes a speed that is left out for 0.</remarks>
    public static NmeaFix? Read(string line)
    {
        line = line.Trim();
        if (line.Length > LongestLine || line.Length < 4 || line[^3] != '*') return null;
        if (TalkerSentence.FromSentenceString(line, out var error) is not { } sentence || error != NmeaError.None) return null;
        if (sentence.Id.ToString() != "RMC") return null;
        string[] fields = [.. sentence.Fields];
        if (fields.Length <= DateField) return null;
        var hasFix = fields[StatusField] == "A";
        return new(
            hasFix && Number(fields[SpeedField]) * KmhPerKnot is >= 0 and <= FastestKmh and var kmh ? kmh : null,
            hasFix ? Place(fields) : null, hasFix ? Moment(fields[DateField], fields[TimeField]) : null, hasFix);
    }

    private static GeoPosition? Place(string[] fields) =>
        Degrees(fields[LatitudeField], fields[LatitudeField + 1], 'N', 'S', 90) is { } north
        && Degrees(fields[LongitudeField], fields[LongitudeField + 1], 'E', 'W', 180) is { } east
            ? new(north, east)
            : null;

    /// <summary><c>ddmm.mmm</c>, and on which side.</summary>
    private static double? Degrees(string text, string side, char plus, char minus, double most)
    {
        if (Number(text) is not { } value || side is not [var letter] || (letter != plus && letter != minus)) return null;
        var (whole, minutes) = (Math.Floor(value / 100), value % 100);
        var degrees = whole + minutes / 60;
        return minutes < 60 && degrees <= most ? letter == plus ? degrees : -degrees : null;
    }

    private static DateTimeOffset? Moment(string date, string time) =>
        time.Length >= 6
        && DateTimeOffset.TryParseExact(
            date + time[..6], "ddMMyyHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;
}
