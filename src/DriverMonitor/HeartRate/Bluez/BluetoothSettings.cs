using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace DriverMonitor.HeartRate.Bluez;

/// <summary>
/// The Bluetooth straps that belong to this vehicle, and how they are treated. What is known of which strap is in
/// hardware/strap.md.
/// </summary>
internal sealed partial record BluetoothSettings : IValidatableObject
{
    /// <summary>
    /// Addresses such as <c>A0:9E:1A:00:11:22</c>; the first one that answers is listened to, any other strap is a stranger's.
    /// Empty for no strap. <c>drivermonitor heart scan</c> shows them, <c>heart pair</c> writes them here.
    /// </summary>
    public string[] Addresses { get; init; } = [];

    /// <summary>Name of the adapter, such as <c>hci0</c>; null for the first there is.</summary>
    public string? Adapter { get; init; }

    /// <summary>Switch the adapter on when it is off.</summary>
    public bool PowerOn { get; init; } = true;

    /// <summary>Bond with a bound strap that gives its pulse only to bonded partners. Needs no code ("just works").</summary>
    public bool Bond { get; init; } = true;

    /// <summary>
    /// Connected and silent for so long, the strap is subscribed anew, and after as long again connected anew. Straps report
    /// every second; some fall silent without hanging up. Engineering judgement.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.2",
        "00:01:00",
        ErrorMessage = "HeartRate:Bluetooth:Silence must lie between 0.2 s and a minute."
    )]
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Do not believe "no skin contact": some straps say it while they count well.</summary>
    public bool IgnoreContact { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var address in Addresses.Where(address => !IsAddress(address)))
            yield return new(
                $"HeartRate:Bluetooth:Addresses: '{address}' is no address such as A0:9E:1A:00:11:22. Try 'drivermonitor heart scan'."
            );
    }

    internal static bool IsAddress(string text) => Address().IsMatch(text);

    [GeneratedRegex("^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$")]
    private static partial Regex Address();
}
