using System.ComponentModel.DataAnnotations;
using System.Globalization;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;

namespace DriverMonitor.Gpio;

/// <summary>
/// Where buzzer, lamps, button and relay hang. Line numbers are the chip's own offsets (on a Raspberry Pi: the BCM numbers);
/// a line that is null is not wired.
/// </summary>
internal sealed record GpioSettings : IValidatableObject
{
    /// <summary>Which board, or what stands in for one.</summary>
    [EnumDataType(typeof(BoardKind))]
    public BoardKind Board { get; init; } = BoardKind.Virtual;

    /// <summary>Number (<c>0</c> is /dev/gpiochip0) or label of the chip; null for the board's own.</summary>
    public string? Chip { get; init; }

    /// <summary>The line of an active buzzer; null for the board's own, at pin 11 of the header.</summary>
    [Range(0, 1023)] public int? BuzzerLine { get; init; }

    /// <summary>A lamp that is lit or blinks while any alert stands.</summary>
    [Range(0, 1023)] public int? LampLine { get; init; }

    /// <summary>A lamp beside the lens that is lit while the camera is open.</summary>
    [Range(0, 1023)] public int? CameraLampLine { get; init; }

    /// <summary>The camera stays off when its lamp cannot be lit.</summary>
    public bool LampRequired { get; init; }

    /// <summary>
    /// A button: a short press acknowledges, two seconds dispute the last alert, three quick presses allow the live picture for
    /// aiming.
    /// </summary>
    [Range(0, 1023)] public int? ButtonLine { get; init; }

    /// <summary>The button connects its line to ground and the line is pulled up; false for the other way round.</summary>
    public bool ButtonActiveLow { get; init; } = true;

    /// <summary>A relay, a vibrating seat, a horn: on while an alert of <see cref="RelayFrom"/> or higher stands.</summary>
    [Range(0, 1023)] public int? RelayLine { get; init; }

    [EnumDataType(typeof(AlertLevel))]
    public AlertLevel RelayFrom { get; init; } = AlertLevel.Alarm;

    /// <summary>Whether the buzzer brings its own tone or needs one.</summary>
    public BuzzerKind Buzzer { get; init; } = BuzzerKind.Active;

    /// <summary>
    /// The wiring turns a low line into sound and light (a PNP transistor, a relay board): of every output whose own key below is
    /// null.
    /// </summary>
    public bool ActiveLow { get; init; }

    /// <summary>The same of the buzzer's line alone; null for <see cref="ActiveLow"/>, as in the next four.</summary>
    public bool? BuzzerActiveLow { get; init; }

    public bool? LampActiveLow { get; init; }

    public bool? CameraLampActiveLow { get; init; }

    /// <summary>Most relay boards with an optocoupler switch on with a low line.</summary>
    public bool? RelayActiveLow { get; init; }

    public bool? InfraredActiveLow { get; init; }

    /// <summary>Infrared lamps beside the lens, through a transistor: lit in the dark while the camera watches.</summary>
    [Range(0, 1023)] public int? InfraredLine { get; init; }

    /// <summary>The same on hardware PWM, dimmed to what is safe for eyes: /sys/class/pwm/pwmchipN; null for the line.</summary>
    [Range(0, 255)] public int? InfraredPwmChip { get; init; }

    /// <summary>Channel of that PWM chip.</summary>
    [Range(0, 15)] public int InfraredPwmChannel { get; init; }

    /// <summary>Share of the time that lamps on PWM are on; never more than is safe for eyes.</summary>
    [Range(0.01, 1.0)] public double InfraredDuty { get; init; } = 1;

    /// <summary>
    /// Radiant intensity of all infrared lamps together while they are on, in mW/sr, by their data sheet's highest value; null
    /// where nobody looked it up. Needed on PWM.
    /// </summary>
    [Range(0.1, 1_000_000.0)] public double? InfraredIntensity { get; init; }

    /// <summary>From the lamps to the nearest eye that may look into them, in metres.</summary>
    [Range(0.05, 3.0)] public double InfraredDistance { get; init; } = 0.3;

    /// <summary>A supply with a battery or capacitors says on it that its own supply is gone: the service ends cleanly.</summary>
    [Range(0, 1023)] public int? PowerLostLine { get; init; }

    /// <summary>A low line says it.</summary>
    public bool PowerLostActiveLow { get; init; }

    /// <summary>Hardware PWM for a passive buzzer: /sys/class/pwm/pwmchipN.</summary>
    [Range(0, 255)] public int PwmChip { get; init; }

    /// <summary>Channel of that PWM chip.</summary>
    [Range(0, 15)] public int PwmChannel { get; init; }

    /// <summary>A chirp and a wink of the lamp when the service starts: the driver hears that the buzzer works.</summary>
    public bool SelfTest { get; init; } = true;

    /// <summary>
    /// Loudness of a passive buzzer below level 3; an alarm is always at its full. An active buzzer has one loudness.
    /// </summary>
    [Range(0.25, 1.0)] public double Volume { get; init; } = 1;

    /// <summary>The same between <see cref="QuietFrom"/> and <see cref="QuietUntil"/>.</summary>
    [Range(0.25, 1.0)] public double QuietVolume { get; init; } = 0.5;

    /// <summary>
    /// Local time at which it becomes quieter, such as 22:00; null for never. Ignored while the clock is not trusted.
    /// </summary>
    public TimeOnly? QuietFrom { get; init; }

    /// <summary>Local time at which it is as loud as ever again, such as 06:00; belongs to <see cref="QuietFrom"/>.</summary>
    public TimeOnly? QuietUntil { get; init; }

    internal string ChipName => Chip ?? BoardTable.Of(Board).Chip;

    internal int BuzzerLineUsed => BuzzerLine ?? BoardTable.Of(Board).BuzzerLine;

    /// <summary>Why nobody in the vehicle hears an alert; null where something is wired.</summary>
    internal string? WhySilent => IsReal ? null
        : $"Gpio:Board is {Board}, so no alert is heard in the vehicle. "
            + "Do: sudo drivermonitor setup, or set Gpio:Board to Pi4, Pi5, JetsonOrinNano or Chip.";

    /// <summary>What lamps on PWM are driven with.</summary>
    internal double InfraredDutyUsed => Math.Min(InfraredDuty, InfraredDutyLimit ?? 1);

    /// <summary>Null where the lamps' intensity is not known.</summary>
    internal double? InfraredDutyLimit =>
        InfraredIntensity is { } intensity ? InfraredEyeSafety.MostDuty(intensity, InfraredDistance) : null;

    internal bool IsReal => Board is not (BoardKind.None or BoardKind.Virtual);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        int?[] lines =
        [
            Buzzer == BuzzerKind.Active ? BuzzerLineUsed : null, LampLine, CameraLampLine, ButtonLine, RelayLine,
            InfraredLine, PowerLostLine,
        ];
        if (lines.OfType<int>().GroupBy(line => line).FirstOrDefault(same => same.Count() > 1) is { } twice)
            yield return new(
                $"Gpio: line {twice.Key} is given to two parts; BuzzerLine, LampLine, CameraLampLine, ButtonLine, RelayLine, InfraredLine and PowerLostLine must differ."
            );
        if (IsReal && Buzzer == BuzzerKind.Passive && (BuzzerActiveLow ?? ActiveLow))
            yield return new("Gpio: a passive buzzer on PWM cannot be ActiveLow; set BuzzerActiveLow to false.", [nameof(BuzzerActiveLow)]);
        foreach (var flaw in InfraredFlaws()) yield return new(flaw);
        if (LampRequired && (CameraLampLine is null || Board == BoardKind.None))
            yield return new(
                "Gpio: LampRequired needs a CameraLampLine and a Board, or the camera could never be on.",
                [nameof(LampRequired)]);
        if (QuietFrom is null != QuietUntil is null)
            yield return new("Gpio: QuietFrom and QuietUntil belong together.", [nameof(QuietFrom)]);
        if (RelayFrom == AlertLevel.None)
            yield return new("Gpio: RelayFrom must be Notice, Warning, Alarm or Emergency.", [nameof(RelayFrom)]);
    }

    private IEnumerable<string> InfraredFlaws()
    {
        if (InfraredPwmChip is null)
        {
            if (InfraredLine is not null && InfraredDutyLimit < 1)
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"Gpio: infrared lamps of {InfraredIntensity} mW/sr give {InfraredEyeSafety.Irradiance(InfraredIntensity!.Value, InfraredDistance):F0} W/m² at {InfraredDistance} m, and {InfraredEyeSafety.Share * InfraredEyeSafety.CorneaLimit:F0} are safe for eyes. Take fewer, mount them farther away, or drive them by InfraredPwmChip.");
            yield break;
        }

        if (InfraredLine is not null) yield return "Gpio: InfraredLine and InfraredPwmChip are two places of one lamp; set one.";
        if (InfraredIntensity is null)
            yield return "Gpio: InfraredPwmChip needs InfraredIntensity, from the lamps' data sheet, to keep them safe for eyes.";
        if (InfraredActiveLow ?? ActiveLow)
            yield return "Gpio: infrared lamps on PWM cannot be ActiveLow; set InfraredActiveLow to false.";
        if (IsReal && Buzzer == BuzzerKind.Passive && (PwmChip, PwmChannel) == (InfraredPwmChip, InfraredPwmChannel))
            yield return "Gpio: buzzer and infrared lamps are on one PWM channel; set InfraredPwmChannel to another.";
    }
}

/// <summary>What the outputs are made of.</summary>
internal enum BoardKind
{
    /// <summary>No outputs: the alerts are seen and published, not heard.</summary>
    None,

    /// <summary>Records what it would have played.</summary>
    Virtual,

    /// <summary>Any GPIO character device through libgpiod: name the chip and the lines.</summary>
    Chip,

    Pi4,
    Pi5,

    /// <summary>The developer kit's 40-pin header.</summary>
    JetsonOrinNano,
}

/// <summary>How the buzzer makes its tone.</summary>
internal enum BuzzerKind
{
    /// <summary>Sounds while it has voltage.</summary>
    Active,

    /// <summary>A bare piezo or speaker: sounds at the frequency it is fed with.</summary>
    Passive,
}
