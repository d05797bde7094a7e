using System.Text.Json;
using System.Text.Json.Serialization;

namespace DriverMonitor.Vehicle;

/// <summary>One line of gpsd's, as far as it matters here: which release it is, or what a receiver knows (TPV).</summary>
internal sealed record GpsdReport
{
    private const int LongestLine = 16 * 1024;
    private const double KmhPerMetrePerSecond = 3.6;

    [JsonPropertyName("class")] public string? Class { get; init; }

    [JsonPropertyName("release")] public string? Release { get; init; }

    /// <summary>The receiver: there may be several behind one gpsd.</summary>
    [JsonPropertyName("device")] public string? Device { get; init; }

    /// <summary>0 unknown, 1 no fix, 2 a fix on the map, 3 with height.</summary>
    [JsonPropertyName("mode")] public int Mode { get; init; }

    /// <summary>Over ground, in metres per second.</summary>
    [JsonPropertyName("speed")] public double? Speed { get; init; }

    [JsonPropertyName("lat")] public double? Latitude { get; init; }

    [JsonPropertyName("lon")] public double? Longitude { get; init; }

    public bool IsVersion => Class == "VERSION";

    public bool IsFix => Class == "TPV";

    public bool HasFix => Mode >= 2;

    /// <summary>Between two whole reports gpsd may send one with only half of what the receiver said; the next one has the speed.</summary>
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
            return JsonSerializer.Deserialize<GpsdReport>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
