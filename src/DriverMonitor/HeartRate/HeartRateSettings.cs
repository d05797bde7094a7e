using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace DriverMonitor.HeartRate;

/// <summary>Where the pulse comes from: one of these, or nowhere.</summary>
internal sealed record HeartRateSettings : IValidatableObject
{
    /// <summary>A recorded series to play once, for tests on the bench; null for none.</summary>
    public string? File { get; init; }

    /// <summary>A strap or band with the Bluetooth Heart Rate Service.</summary>
    [ValidateObjectMembers] public BluetoothSettings Bluetooth { get; init; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (File is not null && Bluetooth.Addresses.Length > 0)
            yield return new("HeartRate: File and Bluetooth:Addresses are both set; a driver has one heart. Keep one of them.", [nameof(File)]);
    }
}
