using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Voice;

/// <summary>
/// The microphone: off unless it is enabled here and the driver has allowed <c>voice</c>. Sound is measured and forgotten within
/// 1.5 s; none is stored or sent.
/// </summary>
internal sealed record MicrophoneSettings : IValidatableObject
{
    /// <summary>Whether there is a microphone to listen to.</summary>
    public bool Enabled { get; init; }

    /// <summary>ALSA's name of the microphone, as <c>arecord -L</c> lists it, such as <c>plughw:CARD=Device</c>.</summary>
    public string Device { get; init; } = "default";

    /// <summary>
    /// The program that writes the sound to its standard output: 16 kHz, one channel, signed 16 bit, little-endian, without a
    /// header.
    /// </summary>
    [Required(ErrorMessage = "Voice:Command is empty: name the program that gives the sound, such as arecord.")]
    public string Command { get; init; } = DefaultCommand;

    /// <summary>The program's arguments, one an entry; none for those that arecord needs.</summary>
    public string[] Arguments { get; init; } = [];

    private const string DefaultCommand = "arecord";

    // A tenth of a second a period: what is not yet read is in nobody's memory for long.
    internal IEnumerable<string> Line => Arguments.Length > 0 ? Arguments :
    [
        "-q", "-D", Device, "-t", "raw", "-f", "S16_LE", "-r", "16000", "-c", "1", "--period-time=100000",
        "--buffer-time=400000",
    ];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Enabled && Arguments.Length == 0 && Command != DefaultCommand)
            yield return new($"Voice:Command is {Command}, but Voice:Arguments is empty: say how it writes raw sound.");
        if (Enabled && Arguments.Length == 0 && string.IsNullOrWhiteSpace(Device))
            yield return new("Voice:Device is empty: name the microphone (arecord -L lists them), or leave it out.");
    }
}
