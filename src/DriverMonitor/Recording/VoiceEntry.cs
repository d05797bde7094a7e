using DriverMonitor.Core.Signals;

namespace DriverMonitor.Recording;

/// <summary>What the microphone measured, to the bit; numbers that were not measured take no room.</summary>
internal static class VoiceEntry
{
    private const int Numbers = 7;

    public static void Write(ref BlockWriter block, in VoiceReading voice)
    {
        Span<double?> optional =
        [
            voice.NoiseDbfs, voice.LevelDb, voice.PitchSemitones, voice.PitchSpreadSemitones, voice.TiltDb, voice.JitterPercent,
            voice.ShimmerPercent,
        ];
        block.Byte((byte)voice.Microphone);
        byte has = 0;
        for (var i = 0; i < Numbers; i++)
            if (optional[i] is not null) has |= (byte)(1 << i);
        block.Byte(has);
        block.Long(voice.Lasted.Ticks);
        block.Double(voice.SpeechShare);
        block.Int(voice.Syllables);
        block.Double(voice.BreathShare);
        block.Int(voice.VoicedFrames);
        block.Int(voice.Pauses);
        block.Long(voice.PauseTime.Ticks);
        foreach (var number in optional)
            if (number is { } measured) block.Double(measured);
    }

    public static VoiceReading Read(ref BlockReader block)
    {
        var microphone = (MicrophoneState)block.Byte();
        if (microphone > MicrophoneState.TooNoisy) throw new InvalidDataException("a microphone that is unknown");
        var has = block.Byte();
        if (has >> Numbers != 0) throw new InvalidDataException("a measure of the voice that is unknown");
        var (lasted, speech, syllables, breath) = (Span(ref block), block.Double(), block.Int(), block.Double());
        var (voiced, pauses, pauseTime) = (block.Int(), block.Int(), Span(ref block));
        Span<double?> optional = stackalloc double?[Numbers];
        for (var i = 0; i < Numbers; i++) optional[i] = (has & (1 << i)) != 0 ? block.Double() : null;
        return new(
            microphone, lasted, speech, syllables, breath, optional[0], optional[1], voiced, optional[2], optional[3],
            optional[4], optional[5], optional[6], pauses, pauseTime);
    }

    private static TimeSpan Span(ref BlockReader block) =>
        CheckedTime.FromTicks(block.Long()) ?? throw new InvalidDataException("a time that cannot be");
}
