using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Voice;

/// <summary>What a window says of the driver's own speech; null where too little of it was heard.</summary>
/// <param name="PitchSemitones">Mean, above 55 Hz.</param>
/// <param name="PitchSpreadSemitones">Standard deviation: a flat voice has little.</param>
/// <param name="SyllablesPerSecond">Of speech and the pauses in it.</param>
/// <param name="PauseShare">Part of that which is pauses, 0..1.</param>
/// <param name="LevelDb">Over the cabin's noise; null where it may not be measured.</param>
/// <param name="TiltDb">Above 1 kHz against below; null where it may not be measured.</param>
public readonly record struct SpeechWindow(
    double? PitchSemitones,
    double? PitchSpreadSemitones,
    double? SyllablesPerSecond,
    double? PauseShare,
    double? LevelDb,
    double? TiltDb);

/// <summary>What is known of the voice at the end of a second.</summary>
/// <param name="Microphone">As of the newest reading; null while no microphone was ever heard of.</param>
/// <param name="Silence">Since the newest reading.</param>
/// <param name="Talk">Speech of anybody in the last two seconds, 0..1.</param>
/// <param name="Conversation">Speech of anybody in the last minute, 0..1.</param>
/// <param name="Recent">The driver's own speech in the last half minute: arousal.</param>
/// <param name="Lasting">The driver's own speech in the last two minutes: tiredness.</param>
public readonly record struct VoiceFeatures(
    MicrophoneState? Microphone,
    TimeSpan Silence,
    double Talk,
    double Conversation,
    SpeechWindow Recent,
    SpeechWindow Lasting)
{
    /// <summary>A third of a minute of speech is a conversation. Judgement.</summary>
    public bool IsConversation => Conversation >= 1 / 3.0;
}

/// <summary>What was heard while the mouth gaped.</summary>
public enum MouthSound
{
    /// <summary>Nothing that says what it was.</summary>
    Unknown,

    /// <summary>Syllables, or bursts of laughter, that came and went with the open mouth.</summary>
    Talk,

    /// <summary>A long breath.</summary>
    Breath,
}

/// <summary>What the driver's lips do, as far as they are seen.</summary>
public enum LipMotion
{
    /// <summary>Not seen, or neither.</summary>
    Unknown,

    /// <summary>They open and close as in talk.</summary>
    Moving,

    /// <summary>They are shut and still: who speaks now is somebody else, or the radio.</summary>
    Still,
}
