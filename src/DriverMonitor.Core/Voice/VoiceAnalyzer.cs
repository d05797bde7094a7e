using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Voice;

/// <summary>
/// Sound in, numbers out: from each frame of 32 ms and the detector's word on it, a reading about every half second. Holds less
/// than half a second of sound, zeroed by <see cref="Reset"/>. Recognises no word and claims no emotion. Allocates nothing after
/// construction; digital silence, clipped and foreign samples give numbers that can be.
/// </summary>
/// <param name="withEffort">Whether level, tilt, jitter and shimmer are measured: only arousal is judged by them, so where no
/// emotion may be inferred they do not exist.</param>
public sealed class VoiceAnalyzer(bool withEffort = true)
{
    /// <summary>Frames of a reading.</summary>
    public const int ReadingFrames = 16;

    /// <summary>By how much a reading's sound is older than the frame that completes it.</summary>
    public static readonly TimeSpan Latency = SpeechLabels.Delay * SoundFormat.Frame;

    // Without the road's rumble; a voice below it is still known by its harmonics.
    internal const double HighPassHz = 110;
    private const double SplitHz = 1000;

    // A frame on which the detector bets less than this is nobody's.
    private const double Nobody = 0.2, Speech = 0.35;

    // Ten decibels of voice over the noise, or a breath of four times its power.
    private const double PitchFrom = 1.6, BreathFrom = 4;

    private readonly float[] _window = new float[PitchEstimator.WindowSamples];
    private readonly SoundFrame[] _frames = new SoundFrame[SpeechLabels.Delay + 1];
    private readonly PitchEstimator _pitch = new();
    private readonly NoiseFloor _noise = new();
    private readonly SyllableCounter _syllables = new();
    private readonly SpeechLabels _labels = new();
    private readonly BreathRuns _breath = new();
    private readonly PauseMeter _pauses = new();
    private readonly MicrophoneCheck _microphone = new();
    private Biquad _high = Biquad.HighPass(HighPassHz), _split = Biquad.HighPass(SplitHz);
    private VoiceSum _sum;
    private int _next;

    /// <param name="frame"><see cref="SoundFormat.FrameSamples"/> samples.</param>
    /// <param name="speechProbability">The detector's, 0..1; what is no number counts as 0.</param>
    /// <param name="reading">A complete one, of sound that ended <see cref="Latency"/> before this frame did.</param>
    public bool TryAdd(ReadOnlySpan<short> frame, double speechProbability, out VoiceReading reading)
    {
        reading = default;
        if (frame.Length != SoundFormat.FrameSamples) return false;
        var probability = double.IsFinite(speechProbability) ? Math.Clamp(speechProbability, 0, 1) : 0;
        _microphone.Add(frame, _noise.IsKnown ? _noise.Dbfs : null);
        _frames[_next] = Measure(frame, probability);
        _next = (_next + 1) % _frames.Length;
        // The oldest is the one that the labels now speak of.
        ref readonly var labelled = ref _frames[_next];
        var isSpeech = _labels.Add(probability);
        _sum.Add(in labelled, isSpeech, _breath.Add(_frames[(_next + SpeechLabels.Delay) % _frames.Length].IsBreath),
            _pauses.Add(isSpeech));
        if (_sum.Frames < ReadingFrames) return false;
        reading = _microphone.State is MicrophoneState.Present
            ? _sum.ToReading(_noise, withEffort)
            : new(_microphone.State, _sum.Frames * SoundFormat.Frame);
        _sum = default;
        return true;
    }

    /// <summary>The sound that was in here is zeroed, and all that was learned from it.</summary>
    public void Reset()
    {
        Array.Clear(_window);
        Array.Clear(_frames);
        _noise.Reset();
        _syllables.Reset();
        _labels.Reset();
        _breath.Reset();
        _pauses.Reset();
        _microphone.Reset();
        _high.Reset();
        _split.Reset();
        _sum = default;
    }

    private SoundFrame Measure(ReadOnlySpan<short> frame, double probability)
    {
        _window.AsSpan(frame.Length).CopyTo(_window);
        var fresh = _window.AsSpan(_window.Length - frame.Length);
        double all = 0, high = 0, firstHop = 0;
        for (var i = 0; i < frame.Length; i++)
        {
            var x = _high.Step(frame[i] / 32768.0);
            var above = _split.Step(x);
            (all, high) = (all + x * x, high + above * above);
            fresh[i] = (float)x;
            if (i == SyllableCounter.HopSamples - 1) firstHop = all;
        }

        var (power, above1k) = (all / frame.Length, high / frame.Length);
        var low = Math.Max(0, power - above1k);
        if (probability < Nobody) _noise.Learn(low, above1k);
        var isLoud = _noise.IsKnown && power >= PitchFrom * _noise.All;
        var pitch = isLoud ? _pitch.Estimate(_window) : null;
        var cycles = withEffort && pitch is { } hertz ? CyclePerturbation.Of(_window, hertz) : null;
        return new(
            low, above1k, pitch, pitch is not null, CountSyllables(firstHop, all - firstHop, pitch is not null),
            isLoud && pitch is null && probability < Speech
                && low >= BreathFrom * _noise.Low && above1k >= BreathFrom * _noise.High,
            cycles?.Jitter, cycles?.Shimmer);
    }

    private int CountSyllables(double firstHop, double secondHop, bool voiced)
    {
        if (!_noise.IsKnown) return 0;
        var count = 0;
        if (_syllables.Add(firstHop / SyllableCounter.HopSamples, _noise.Dbfs, voiced)) count++;
        if (_syllables.Add(secondHop / SyllableCounter.HopSamples, _noise.Dbfs, voiced)) count++;
        return count;
    }
}
