using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using DriverMonitor.Host;

namespace DriverMonitor.Orders;

/// <summary>Whose orders the vehicle obeys. Nobody's, unless a key is named.</summary>
internal sealed partial record FleetSettings : IValidatableObject
{
    /// <summary>Names of keys (1 to 32 of a-z, 0-9 and '-') and the PEM files of their public halves, ECDSA P-256.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Where the last counter of each key, settings changed from afar, exports and the audit log are kept, such as
    /// /var/lib/drivermonitor; null: the folder systemd gives the service.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>The folder as it is; null where neither the settings nor systemd name one.</summary>
    internal string? StateFolder => ServiceFolders.State(Folder);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var name in Keys.Keys)
        {
            if (!Name().IsMatch(name)) yield return new($"Fleet:Keys: '{name}' must be 1 to 32 of a-z, 0-9 and '-'.", [nameof(Keys)]);
        }
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z")]
    private static partial Regex Name();
}
