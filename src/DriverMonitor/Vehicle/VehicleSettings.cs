using System.ComponentModel.DataAnnotations;
using DriverMonitor.Mqtt;
using DriverMonitor.Vehicle.Can;
using Microsoft.Extensions.Options;

namespace DriverMonitor.Vehicle;

/// <summary>
/// Where the speed comes from; nowhere, and it is judged as faster than 50 km/h. The vehicle's own word (bus, gateway) and
/// satellites together check one another.
/// </summary>
internal sealed record VehicleSettings : IValidatableObject
{
    /// <summary>A fixed speed in km/h, for a bench; null for none.</summary>
    [Range(0.0, 500.0)] public double? SpeedKmh { get; init; }

    /// <summary>A satellite receiver behind gpsd.</summary>
    [ValidateObjectMembers] public GpsdSettings Gpsd { get; init; } = new();

    /// <summary>A satellite receiver on a serial port of its own.</summary>
    [ValidateObjectMembers] public NmeaSettings Nmea { get; init; } = new();

    /// <summary>A gateway that reads the vehicle's own bus.</summary>
    [ValidateObjectMembers] public GatewaySettings Mqtt { get; init; } = new();

    /// <summary>The vehicle's own bus.</summary>
    [ValidateObjectMembers] public CanSettings Can { get; init; } = new();

    /// <summary>
    /// The camera is closed when the ignition has been off for so long; null for never. Bus and gateway know the ignition.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan? IgnitionSleepAfter { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string?[] set = [
            SpeedKmh is null ? null : "SpeedKmh", Gpsd.Host is null ? null : "Gpsd", Mqtt.Enabled ? "Mqtt" : null,
            Can.IsUsed ? "Can" : null, Nmea.Port is null ? null : "Nmea"];
        if (Gpsd.Host is not null && Nmea.Port is not null)
            yield return new(
                "Vehicle: Gpsd and Nmea are set together. Keep one of them; a port that gpsd reads is gpsd's.", [nameof(Nmea)]);
        if (SpeedKmh is not null && set.Count(name => name is not null) > 1)
            yield return new(
                $"Vehicle: {string.Join(" and ", set.OfType<string>())} are set together; a fixed speed is the only one. Keep one of them.",
                [nameof(SpeedKmh)]);
        if (IgnitionSleepAfter is not null && !Mqtt.Enabled && !Can.KnowsIgnition)
            yield return new(
                "Vehicle:IgnitionSleepAfter needs Vehicle:Mqtt or the signal Ignition in Vehicle:Can: nothing else knows the ignition.",
                [nameof(IgnitionSleepAfter)]);
    }
}

/// <summary>Where gpsd listens.</summary>
internal sealed record GpsdSettings
{
    /// <summary>Name or address, mostly <c>localhost</c>; null for no gpsd.</summary>
    public string? Host { get; init; }

    /// <summary>Its TCP port.</summary>
    [Range(1, 65535)] public int Port { get; init; } = 2947;
}
