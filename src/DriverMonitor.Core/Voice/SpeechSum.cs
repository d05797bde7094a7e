using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Voice;

/// <summary>Adds up readings of one voice.</summary>
internal struct SpeechSum
{
    private double _speech, _pauses, _syllables, _voiced, _pitch, _squares, _level, _levelled, _tilt, _tilted;

    public void Add(in VoiceReading one)
    {
        var speech = one.SpeechShare * one.Lasted.TotalSeconds;
        _pauses += one.PauseTime.TotalSeconds;
        if (speech <= 0) return;
        (_speech, _syllables) = (_speech + speech, _syllables + one.Syllables);
        if (one.PitchSemitones is { } pitch)
        {
            var spread = one.PitchSpreadSemitones ?? 0;
            _voiced += one.VoicedFrames;
            _pitch += one.VoicedFrames * pitch;
            _squares += one.VoicedFrames * (pitch * pitch + spread * spread);
        }

        if (one.LevelDb is { } level) (_level, _levelled) = (_level + speech * level, _levelled + speech);
        if (one.TiltDb is { } tilt) (_tilt, _tilted) = (_tilt + speech * tilt, _tilted + speech);
    }

    /// <param name="leastSpeech">Seconds of speech without which it says nothing.</param>
    public readonly SpeechWindow ToWindow(double leastSpeech)
    {
        if (_speech < leastSpeech) return default;
        double? pitch = _voiced > 0 ? _pitch / _voiced : null;
        return new(
            pitch,
            pitch is { } mean ? Math.Sqrt(Math.Max(0, _squares / _voiced - mean * mean)) : null,
            _syllables / (_speech + _pauses),
            _pauses / (_speech + _pauses),
            _levelled > 0 ? _level / _levelled : null,
            _tilted > 0 ? _tilt / _tilted : null);
    }
}
