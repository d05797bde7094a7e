using System.Text.Json;
using System.Text.Json.Serialization;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.HeartRate;

/// <summary>
/// One message of a heart gateway, as <c>deploy/gateways.md</c> describes it: every part may be missing, but not all.
/// </summary>
internal sealed record HeartMessage
{
    private const int LongestName = 64;

    /// <summary>Four minutes of a fast heart: a gateway that saved up more has nothing to say about now.</summary>
    private const int MostIntervals = 512;

    /// <summary>As in Bluetooth's own format; what cannot be a beat is sorted out where beats are judged.</summary>
    private const double LongestInterval = 64_000;

    private static readonly string[] Measures = ["bpm", "rr", "contact", "scl", "temp"];

    /// <summary>Which sensor: another name begins a new series.</summary>
    public string? Device { get; init; }

    /// <summary>Beats per minute; 0 means that no pulse is felt.</summary>
    public double? Bpm { get; init; }

    /// <summary>Milliseconds from beat to beat, oldest first.</summary>
    public double[]? Rr { get; init; }

    /// <summary>Whether the sensor feels skin.</summary>
    public bool? Contact { get; init; }

    /// <summary>When the last beat was, on the device's own steady clock, in milliseconds.</summary>
    public double? T { get; init; }

    /// <summary>The same as a time of day, where there is no <see cref="T"/>.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Skin conductance level in microsiemens.</summary>
    public double? Scl { get; init; }

    /// <summary>Temperature of the skin in degrees Celsius.</summary>
    public double? Temp { get; init; }

    /// <summary>What we do not know: ignored, and counted, because a misspelt key is silence.</summary>
    [JsonExtensionData] public Dictionary<string, JsonElement>? Unknown { get; init; }

    public bool HasHeart => Bpm is not null || Rr is { Length: > 0 } || Contact is not null;

    public bool HasSkin => Scl is not null || Temp is not null;

    /// <summary>The device's own time of it; null where it keeps none.</summary>
    public TimeSpan? Stamp =>
        T is { } ms ? CheckedTime.FromMilliseconds(ms)
        : At is { } at ? TimeSpan.FromTicks(at.UtcTicks)
        : null;

    /// <summary>The first thing that cannot be, in words; null where all is possible.</summary>
    public string? Flaw() =>
        Device is { Length: 0 or > LongestName } || (Device?.Any(char.IsControl) ?? false)
            ? $"'device' is not a name of 1 to {LongestName} letters"
        : Bpm is < 0 or > 1000 ? "'bpm' is not 0 to 1000"
        : Rr is { Length: > MostIntervals } ? $"'rr' holds more than {MostIntervals} intervals"
        : Rr is { } all && Array.Exists(all, rr => rr is not (>= 0 and <= LongestInterval))
            ? $"'rr' holds something that is not 0 to {LongestInterval} ms"
        : T is < 0 or > 1e14 ? "'t' is not 0 to 1e14 ms"
        : Scl is < 0 or > 100 ? "'scl' is not 0 to 100 microsiemens"
        : Temp is < 0 or > 60 ? "'temp' is not 0 to 60 degrees Celsius"
        : HasHeart || HasSkin ? null
        : $"it says nothing of {string.Join(", ", Measures)}";
}
