using System.ComponentModel.DataAnnotations;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Mqtt;
using Microsoft.Extensions.Options;

namespace DriverMonitor.HeartRate;

/// <summary>Where the pulse comes from: one of these, or nowhere.</summary>
internal sealed record HeartRateSettings : IValidatableObject
{
    /// <summary>A recorded series to play once, for tests on the bench; null for none.</summary>
    public string? File { get; init; }

    /// <summary>A strap or band with the Bluetooth Heart Rate Service.</summary>
    [ValidateObjectMembers] public BluetoothSettings Bluetooth { get; init; } = new();

    /// <summary>A gateway that sends the pulse of a watch or band, and the skin's conductance where it has it.</summary>
    [ValidateObjectMembers] public GatewaySettings Mqtt { get; init; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string?[] set =
        [
            File is null ? null : "File",
            Bluetooth.Addresses.Length == 0 ? null : "Bluetooth:Addresses",
            Mqtt.Enabled ? "Mqtt" : null,
        ];
        if (set.Count(name => name is not null) > 1)
            yield return new(
                $"HeartRate: {string.Join(" and ", set.OfType<string>())} are set together; a driver has one heart. Keep one of them.",
                [nameof(File)]);
    }
}
