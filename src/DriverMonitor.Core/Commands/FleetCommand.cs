using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Commands;

/// <summary>
/// Everything a fleet may ask of a vehicle. The list is closed on purpose: nothing in it silences an alert, moves a safety
/// limit, or shows a picture, so no key and no mistake can order that.
/// </summary>
public abstract record FleetCommand
{
    /// <summary>Send stored events again, first and last number included.</summary>
    public sealed record Resend(long From, long To) : FleetCommand;

    /// <summary>The fleet has every event of an epoch up to a number, except those it names; 0 while it has none.</summary>
    public sealed record HighWaterMark(ulong Epoch, long UpTo, ImmutableArray<SeqRange> Missing) : FleetCommand
    {
        public const string OrderName = "hwm";
    }

    /// <summary>Change settings of the list in <see cref="ConfigRules"/>.</summary>
    public sealed record Configure(ImmutableArray<ConfigChange> Changes) : FleetCommand;

    /// <summary>
    /// Ask the driver whether something may be judged; the words are the device's own, and only the driver answers.
    /// </summary>
    /// <param name="Modality">Exactly one.</param>
    public sealed record ConsentRequest(string Driver, Modalities Modality) : FleetCommand;

    /// <summary>Forget a driver.</summary>
    public sealed record EraseDriver(string Driver) : FleetCommand;

    /// <summary>
    /// Hand out what is stored of a driver, readable only with the key that belongs to <paramref name="PublicKey"/>.
    /// </summary>
    /// <param name="PublicKey">P-256, SubjectPublicKeyInfo in DER, as base64.</param>
    public sealed record ExportDriver(string Driver, string PublicKey) : FleetCommand;

    /// <summary>Take the certificate that the vehicle asked for; it replaces the one that is about to end.</summary>
    /// <param name="Certificate">X.509 in DER, as base64.</param>
    public sealed record RenewCertificate(string Certificate) : FleetCommand
    {
        public const string OrderName = "certificate";
    }

    /// <summary>Install a version from the signed repository, in a share of the vehicles, each once it is parked.</summary>
    /// <param name="Version">As the package names it; never an older one than is installed.</param>
    /// <param name="Percent">
    /// Of the vehicles, 0 to 100: see <see cref="Rollout"/>. A vehicle that is no longer meant and has not begun gives the version up.
    /// </param>
    public sealed record UpdateProgram(string Version, int Percent) : FleetCommand
    {
        public const string OrderName = "update";
    }

    /// <summary>Try every part and say in a line each how it is.</summary>
    public sealed record LocateFault : FleetCommand;

    /// <summary>The last part of the topics <c>cmd/…</c> and <c>cmdack/…</c>.</summary>
    public string Name => this switch
    {
        Resend => "resend",
        HighWaterMark => HighWaterMark.OrderName,
        Configure => "config",
        ConsentRequest => "consent-request",
        EraseDriver => "erase",
        ExportDriver => "export",
        LocateFault => "locate-fault",
        RenewCertificate => RenewCertificate.OrderName,
        UpdateProgram => UpdateProgram.OrderName,
        _ => throw new InvalidOperationException($"{GetType().Name} has no name yet."),
    };

    /// <summary>Every name there is.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "resend", HighWaterMark.OrderName, "config", "consent-request", "erase", "export", "locate-fault", RenewCertificate.OrderName,
        UpdateProgram.OrderName,
    ];
}

/// <summary>One setting to change; a null value gives it back to the vehicle's own settings file.</summary>
public readonly record struct ConfigChange(string Key, string? Value);
