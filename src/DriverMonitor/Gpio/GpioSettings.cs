using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Gpio;

/// <summary>Where the sounder and the lamp hang. Line numbers are the chip's own offsets (on a Raspberry Pi: the BCM numbers).</summary>
internal sealed record GpioSettings : IValidatableObject
{
    /// <summary>Real lines, a board that only records, or no outputs at all.</summary>
    public BoardKind Board { get; init; } = BoardKind.Virtual;

    /// <summary>Number (<c>0</c> is /dev/gpiochip0) or label of the chip. A label survives kernels that renumber chips.</summary>
    [Required] public string Chip { get; init; } = "0";

    /// <summary>The line of an active buzzer. 17 is pin 11 of a Raspberry Pi's header.</summary>
    [Range(0, 1023)] public int BuzzerLine { get; init; } = 17;

    /// <summary>A lamp that is lit while any alert stands; none by default.</summary>
    [Range(0, 1023)] public int? LampLine { get; init; }

    /// <summary>Whether the buzzer brings its own tone or needs one.</summary>
    public BuzzerKind Buzzer { get; init; } = BuzzerKind.Active;

    /// <summary>The wiring turns a low line into sound and light (a PNP transistor, a relay board).</summary>
    public bool ActiveLow { get; init; }

    /// <summary>Hardware PWM for a passive buzzer: /sys/class/pwm/pwmchipN.</summary>
    [Range(0, 255)] public int PwmChip { get; init; }

    /// <summary>Channel of that PWM chip.</summary>
    [Range(0, 15)] public int PwmChannel { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LampLine == BuzzerLine)
            yield return new("Gpio: BuzzerLine and LampLine must differ.", [nameof(LampLine)]);
        if (Board == BoardKind.Chip && Buzzer == BuzzerKind.Passive && ActiveLow)
            yield return new("Gpio: a passive buzzer on PWM cannot be ActiveLow.", [nameof(ActiveLow)]);
    }
}

/// <summary>What the outputs are made of.</summary>
internal enum BoardKind
{
    /// <summary>No outputs: the alerts are seen and published, not heard.</summary>
    None,

    /// <summary>Records what it would have played.</summary>
    Virtual,

    /// <summary>A GPIO character device through libgpiod.</summary>
    Chip,
}

/// <summary>How the buzzer makes its tone.</summary>
internal enum BuzzerKind
{
    /// <summary>Sounds while it has voltage.</summary>
    Active,

    /// <summary>A bare piezo or speaker: sounds at the frequency it is fed with.</summary>
    Passive,
}
