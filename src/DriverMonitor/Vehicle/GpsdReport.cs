using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DriverMonitor.Vehicle;

/// <summary>One line of gpsd's, as far as it matters here: which release it is, or what a receiver knows (TPV).</summary>
internal sealed partial record GpsdReport
{
    private const int LongestLine = 16 * 1024;
    private const double KmhPerMetrePerSecond = 3.6;

    public string? Class { get; init; }

    public string? Release { get; init; }

    /// <summary>The receiver: there may be several behind one gpsd.</summary>
    public string? Device { get; init; }

    /// <summary>0 unknown, 1 no fix, 2 a fix on the map, 3 with height.</summary>
    public int Mode { get; init; }

    /// <summary>Over ground, in metres per second.</summary>
    public double? Speed { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    /// <summary>The first field that was left out because it cannot be what it must; null where all are sound.</summary>
    public string? Odd { get; private init; }

    public bool IsVersion => Class == "VERSION";

    public bool IsFix => Class == "TPV";

    public bool HasFix => Mode >= 2;

    /// <summary>
    /// Between two whole reports gpsd may send one with only half of what the receiver said; the next one has the speed.
    /// </summary>
    public bool IsHalf => HasFix && SpeedKmh is null;

    /// <summary>
    /// Null without a fix. gpsd's own guess of the error (eps) is not asked: it says "certainty unknown" of it, and in its
    /// manual's example 34 m/s beside a sound speed of 0.1.
    /// </summary>
    public double? SpeedKmh => HasFix && Speed is >= 0 and < 120 ? Speed * KmhPerMetrePerSecond : null;

    /// <summary>A line that is not one of theirs, not JSON, or too long to be one is null.</summary>
    public static GpsdReport? Read(ReadOnlySpan<byte> line)
    {
        if (line.Length > LongestLine) return null;
        try
        {
            // Some receivers' drivers print what C prints of a number that is none.
            var text = Encoding.UTF8.GetString(line);
            using var json = JsonDocument.Parse(BareNumber().Replace(text, "$1null"));
            return json.RootElement.ValueKind == JsonValueKind.Object ? Of(json.RootElement, BareNumber().IsMatch(text)) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter for half a letter in a text
        {
            return null;
        }
    }

    private static GpsdReport Of(JsonElement json, bool isOdd)
    {
        var odd = isOdd ? "a number that is none" : null;
        return new()
        {
            Class = Text("class"),
            Release = Text("release"),
            Device = Text("device"),
            Mode = Number("mode") is >= 0 and <= 3 and var mode && mode == Math.Floor(mode) ? (int)mode : Dropped("mode"),
            Speed = Number("speed"),
            Latitude = Number("lat"),
            Longitude = Number("lon"),
            Odd = odd,
        };

        int Dropped(string key)
        {
            if (json.TryGetProperty(key, out _)) odd ??= key;
            return 0;
        }

        string? Text(string key) =>
            json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        double? Number(string key)
        {
            if (!json.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
                return null;
            if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
                return number;
            odd ??= key;
            return null;
        }
    }

    [GeneratedRegex(
        @"([:,\[]\s*)[-+]?(?:nan|inf(?:inity)?)(?=\s*[,}\]])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex BareNumber();
}
