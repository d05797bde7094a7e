using System.ComponentModel.DataAnnotations;
using DriverMonitor.Core.Can;

namespace DriverMonitor.Vehicle.Can;

/// <summary>
/// The vehicle's own bus. It is only listened to; see <see cref="ObdRequests"/>. A signal is written as in a .dbc file, after
/// the identifier of its frames: <c>0x3E9 16|12@1+ (0.05,0) [0|250]</c>, which is start bit, length, byte order (0 Motorola,
/// 1 Intel), sign, factor, offset and limits; or it is named as the <see cref="DbcFile"/> does.
/// <c>drivermonitor can watch</c> helps to find them.
/// </summary>
internal sealed record CanSettings : IValidatableObject
{
    /// <summary>The bus as the kernel names it, such as <c>can0</c>; null for none.</summary>
    [RegularExpression("[A-Za-z0-9._-]{1,13}")] public string? Interface { get; init; }

    /// <summary>A CAN database that names the signals; null for none.</summary>
    public string? DbcFile { get; init; }

    /// <summary>
    /// Asks the engine for speed and revolutions twice a second (OBD-II, parameters 0x0D and 0x0C). Off, nothing is ever sent.
    /// </summary>
    public bool ObdRequests { get; init; }

    /// <summary>
    /// The signals, by what they say: <c>Speed</c> (km/h; of a negative one the amount counts), <c>Steering</c> (degrees of the
    /// wheel, + to the driver's right), and the switches <c>Ignition</c>, <c>IndicatorLeft</c>, <c>IndicatorRight</c>,
    /// <c>Wipers</c> and <c>Door</c> (the driver's, open). A switch is on while its signal is one of the values behind <c>=</c>,
    /// or not 0 where none stands there: <c>0x130 0|4@1+ =4,5</c>.
    /// </summary>
    public Dictionary<string, string> Signals { get; init; } = [];

    /// <summary>A log that <c>candump -l</c> wrote, played once in place of the bus, for a bench; null for none.</summary>
    public string? Log { get; init; }

    internal bool IsUsed => Interface is not null || Log is not null;

    internal bool KnowsIgnition => IsUsed && (ObdRequests || Signals.ContainsKey(nameof(CanSignals.Ignition)));

    /// <summary>What a log and check call it.</summary>
    internal string Place => Interface ?? Log ?? "none";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, text) in Signals)
        {
            if (!CanSignals.Names.Contains(name))
                yield return new(
                    $"Vehicle:Can:Signals:{name} is no signal. There are {string.Join(", ", CanSignals.Names)}.",
                    [nameof(Signals)]);
            else if (Flaw(text) is { } flaw)
                yield return new(
                    $"Vehicle:Can:Signals:{name} {flaw}. Write it as 0x3E9 16|12@1+ (0.05,0) [0|250].", [nameof(Signals)]);
        }

        if (Interface is not null && Log is not null)
            yield return new("Vehicle:Can: Interface and Log are set together. Keep one of them.", [nameof(Log)]);
        if (IsUsed && !ObdRequests && Signals.Count == 0)
            yield return new(
                "Vehicle:Can: no signal is named and ObdRequests is off, so nothing would be read. Find a signal with 'drivermonitor can watch'.",
                [nameof(Interface)]);
        if (!IsUsed && (ObdRequests || Signals.Count > 0))
            yield return new("Vehicle:Can: signals are named, but no Interface. Set it to can0 or the like.", [nameof(Interface)]);
    }

    private string? Flaw(string text)
    {
        try
        {
            if (CanSignalText.IsWrittenOut(text)) CanSignalText.Parse(text);
            else if (DbcFile is null) return $"is not written out, and no Vehicle:Can:DbcFile is set that could name it";
            else CanSignalText.SplitOn(text);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
