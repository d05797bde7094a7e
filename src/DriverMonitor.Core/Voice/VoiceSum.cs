using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Voice;

/// <summary>Adds up frames until they make a reading.</summary>
internal struct VoiceSum
{
    private const double PitchReference = 55;

    private int _frames, _speech, _breath, _syllables, _voiced, _cycles, _pauses, _pauseFrames;
    private double _low, _high, _pitch, _pitchSquares, _jitter, _shimmer;

    public readonly int Frames => _frames;

    public static double Semitones(double hertz) => 12 * Math.Log2(hertz / PitchReference);

    public void Add(in SoundFrame frame, bool isSpeech, bool isBreath, int pause)
    {
        _frames++;
        _syllables += frame.Syllables;
        if (isBreath) _breath++;
        if (pause > 0) (_pauses, _pauseFrames) = (_pauses + 1, _pauseFrames + pause);
        if (!isSpeech) return;
        _speech++;
        (_low, _high) = (_low + frame.Low, _high + frame.High);
        if (frame.PitchHz is { } pitch)
        {
            var semitones = Semitones(pitch);
            (_voiced, _pitch, _pitchSquares) = (_voiced + 1, _pitch + semitones, _pitchSquares + semitones * semitones);
        }

        if (frame.Jitter is not { } jitter || frame.Shimmer is not { } shimmer) return;
        (_cycles, _jitter, _shimmer) = (_cycles + 1, _jitter + jitter, _shimmer + shimmer);
    }

    public readonly VoiceReading ToReading(NoiseFloor noise, bool withEffort)
    {
        // What the noise alone would give is taken off, or a louder road would be a louder voice.
        var low = _speech > 0 ? _low / _speech - noise.Low : 0;
        var high = _speech > 0 ? _high / _speech - noise.High : 0;
        var isLoud = noise.IsKnown && low > 0;
        double? mean = _voiced > 0 ? _pitch / _voiced : null;
        return new(
            MicrophoneState.Present,
            _frames * SoundFormat.Frame,
            (double)_speech / _frames,
            _syllables,
            (double)_breath / _frames,
            noise.IsKnown ? noise.Dbfs : null,
            withEffort && isLoud ? SoundFormat.Decibels(low + Math.Max(0, high)) - noise.Dbfs : null,
            _voiced,
            mean,
            mean is { } m ? Math.Sqrt(Math.Max(0, _pitchSquares / _voiced - m * m)) : null,
            withEffort && isLoud && high > 0 ? SoundFormat.Decibels(high) - SoundFormat.Decibels(low) : null,
            withEffort && _cycles > 0 ? _jitter / _cycles : null,
            withEffort && _cycles > 0 ? _shimmer / _cycles : null,
            _pauses,
            _pauseFrames * SoundFormat.Frame);
    }
}
