using System.ComponentModel.DataAnnotations;
using DriverMonitor.Core.Commands;

namespace DriverMonitor.Fleet.Enrolment;

/// <summary>What the fleet hands a new vehicle.</summary>
internal sealed record EnrolmentOptions : IValidatableObject
{
    /// <summary>Section of the settings file.</summary>
    public const string Section = "Fleet:Enrolment";

    /// <summary>Holds the fleet's own authority: <c>ca.pem</c> and <c>ca.key</c>. Keep a copy offline.</summary>
    public string Folder { get; init; } = "/var/lib/drivermonitor-fleet/authority";

    /// <summary><c>host:port</c> each, as vehicles reach the broker.</summary>
    public IReadOnlyList<string> Brokers { get; init; } = [];

    /// <summary>
    /// Keys of the order desk that new vehicles obey, by name: the PEM file of the public half and the orders it may sign. The
    /// private halves never come here.
    /// </summary>
    public IReadOnlyDictionary<string, OrderKeyOptions> OrderKeys { get; init; } = new Dictionary<string, OrderKeyOptions>();

    /// <summary>Settings of the link that vehicles are given, such as <c>Mqtt:ReconnectSpread</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, key) in OrderKeys)
        {
            if (key.Orders.FirstOrDefault(order => !FleetCommand.Names.Contains(order)) is { } order)
                yield return new($"Fleet:Enrolment:OrderKeys:{name} may sign '{order}', which is no order.");
            if (key.Orders.Count == 0 || key.File.Length == 0)
                yield return new($"Fleet:Enrolment:OrderKeys:{name} needs a File and at least one of Orders.");
        }

        foreach (var setting in Settings.Keys.Except(Core.Commands.Enrolment.Settable))
            yield return new($"Fleet:Enrolment:Settings may not hold {setting}. It may hold {string.Join(", ", Core.Commands.Enrolment.Settable)}.");
    }
}

/// <summary>One key of the order desk.</summary>
internal sealed record OrderKeyOptions
{
    /// <summary>PEM file of the public half, ECDSA P-256.</summary>
    public string File { get; init; } = "";

    /// <summary>The orders that it may sign.</summary>
    public IReadOnlyList<string> Orders { get; init; } = [];
}
