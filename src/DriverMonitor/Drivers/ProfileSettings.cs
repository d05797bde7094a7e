using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace DriverMonitor.Drivers;

/// <summary>What is remembered of the driver between drives. Nothing, unless a folder is named.</summary>
internal sealed partial record ProfileSettings : IValidatableObject
{
    /// <summary>
    /// Where profiles are kept, such as /var/lib/drivermonitor; null to forget the driver when the program ends.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Whose profile: nobody is recognised, so a vehicle with several regular drivers names the one who drives.
    /// </summary>
    public string Driver { get; init; } = "driver-1";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Name().IsMatch(Driver))
            yield return new($"Profiles:Driver '{Driver}' must be 1 to 32 of a-z, 0-9 and '-'.", [nameof(Driver)]);
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z")]
    private static partial Regex Name();
}
