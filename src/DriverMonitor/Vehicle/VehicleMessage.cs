using System.Text.Json;
using System.Text.Json.Serialization;

namespace DriverMonitor.Vehicle;

/// <summary>
/// One message of a vehicle gateway, as <c>deploy/gateways.md</c> describes it: the whole of what is known; a missing part is
/// unknown.
/// </summary>
internal sealed record VehicleMessage
{
    /// <summary>Never negative, also when reversing.</summary>
    public double? SpeedKmh { get; init; }

    public bool? Ignition { get; init; }

    /// <summary>Of the wheel, + to the driver's right.</summary>
    public double? SteeringDeg { get; init; }

    /// <summary>Degrees north.</summary>
    public double? Lat { get; init; }

    /// <summary>Degrees east.</summary>
    public double? Lon { get; init; }

    /// <summary>What we do not know: ignored, and counted, because a misspelt key is silence.</summary>
    [JsonExtensionData] public Dictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>The first thing that cannot be, in words; null where all is possible.</summary>
    public string? Flaw() =>
        SpeedKmh is not null and not (>= 0 and <= 400) ? "'speedKmh' is not 0 to 400"
        : SteeringDeg is not null and not (>= -2000 and <= 2000) ? "'steeringDeg' is not -2000 to 2000"
        : Lat is not null and not (>= -90 and <= 90) ? "'lat' is not -90 to 90"
        : Lon is not null and not (>= -180 and <= 180) ? "'lon' is not -180 to 180"
        : Lat is null != Lon is null ? "'lat' and 'lon' go together"
        : SpeedKmh is null && Ignition is null && SteeringDeg is null && Lat is null
            ? "it says nothing of speedKmh, ignition, steeringDeg, lat and lon"
        : null;
}
