namespace DriverMonitor.Core.Signals;

/// <summary>
/// What about half a second of sound measured; the sound itself is gone when this exists. Nothing in it holds a word: no
/// spectrum, no sample, no sequence of sounds.
/// </summary>
/// <param name="Microphone">Only <see cref="MicrophoneState.Present"/> brings anything else.</param>
/// <param name="Lasted">Sound that it tells of, up to its observation's time.</param>
/// <param name="SpeechShare">Share of it that is speech, 0..1, whoever speaks.</param>
/// <param name="Syllables">Syllable nuclei, and bursts of laughter.</param>
/// <param name="BreathShare">Share of it that is breath noise of at least 0.4 s, 0..1.</param>
/// <param name="NoiseDbfs">Noise of the cabin above 150 Hz, dB of full scale; null until it is known.</param>
/// <param name="LevelDb">Mean level of the speech over that noise, dB.</param>
/// <param name="VoicedFrames">Frames of 32 ms in which the voice had a pitch.</param>
/// <param name="PitchSemitones">Mean pitch of these, semitones above 55 Hz.</param>
/// <param name="PitchSpreadSemitones">Its standard deviation within the reading.</param>
/// <param name="TiltDb">Level of the voice above 1 kHz against the one below, dB; the flatter, the more effort.</param>
/// <param name="JitterPercent">Mean change of the period from one to the next.</param>
/// <param name="ShimmerPercent">Mean change of its amplitude.</param>
/// <param name="Pauses">Pauses within talk that ended here.</param>
/// <param name="PauseTime">How long these were together.</param>
public readonly record struct VoiceReading(
    MicrophoneState Microphone,
    TimeSpan Lasted = default,
    double SpeechShare = 0,
    int Syllables = 0,
    double BreathShare = 0,
    double? NoiseDbfs = null,
    double? LevelDb = null,
    int VoicedFrames = 0,
    double? PitchSemitones = null,
    double? PitchSpreadSemitones = null,
    double? TiltDb = null,
    double? JitterPercent = null,
    double? ShimmerPercent = null,
    int Pauses = 0,
    TimeSpan PauseTime = default)
{
    /// <summary>The microphone gives nothing.</summary>
    public static VoiceReading Unplugged { get; } = new(MicrophoneState.Unplugged);
}
