using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using DriverMonitor.Configuration;

namespace DriverMonitor.RemoteCommands;

/// <summary>Whose orders the vehicle obeys. Nobody's, unless a key is named.</summary>
internal sealed partial record FleetSettings : IValidatableObject
{
    /// <summary>
    /// Names of keys (1 to 32 of a-z, 0-9 and '-'), each with the PEM file of its public half (ECDSA P-256) and the orders it may
    /// sign:
    /// { "mark-1": { "File": "/etc/drivermonitor/mark-1.pem", "Orders": ["hwm", "resend"] } }. A file name alone, as older
    /// settings have it, may sign every order; it is read for one version more.
    /// </summary>
    public IReadOnlyDictionary<string, FleetKeySettings> Keys { get; init; } = new Dictionary<string, FleetKeySettings>();

    /// <summary>
    /// Where the last counter of each key, settings changed from afar, exports and the audit log are kept, such as
    /// /var/lib/drivermonitor; null: the folder systemd gives the service.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>The folder as it is; null where neither the settings nor systemd name one.</summary>
    internal string? StateFolder => ServiceFolders.State(Folder);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, key) in Keys)
        {
            if (!Name().IsMatch(name))
                yield return new($"Fleet:Keys: '{name}' must be 1 to 32 of a-z, 0-9 and '-'.", [nameof(Keys)]);
            else if (key is null)
                yield return new($"Fleet:Keys:{name} is empty.", [nameof(Keys)]);
            else if (key.Flaw() is { } flaw)
                yield return new($"Fleet:Keys:{name} {flaw}.", [nameof(Keys)]);
        }
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z")]
    private static partial Regex Name();
}
