using System.ComponentModel.DataAnnotations;
using DriverMonitor.Core.Commands;

namespace DriverMonitor.Fleet.Orders;

/// <summary>The console's own key for orders. Without one it asks vehicles nothing; never the key of marks.</summary>
internal sealed record OrderOptions : IValidatableObject
{
    /// <summary>Section of the settings file.</summary>
    public const string Section = "Fleet:Orders";

    /// <summary>The key's name in the vehicles' settings.</summary>
    [RegularExpression("^[a-z0-9-]{1,32}$", ErrorMessage = "Fleet:Orders:KeyId must be 1 to 32 of a-z, 0-9 and '-'.")]
    public string KeyId { get; init; } = "console-1";

    /// <summary>PEM file of the key (P-256).</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>What the console may ask; vehicles must let this key sign it.</summary>
    public IReadOnlyList<string> Names { get; init; } = ["locate-fault"];

    private static readonly string[] Askable = ["locate-fault", "config", FleetCommand.UpdateProgram.OrderName];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // What concerns a person is ordered by the order desk's people with their own keys.
        foreach (var name in Names.Except(Askable))
            yield return new($"Fleet:Orders:Names may hold {string.Join(", ", Askable)}, not '{name}'.");
    }
}
