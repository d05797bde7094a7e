using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;
using DriverMonitor.Core.Voice;

namespace DriverMonitor.Core.Tests.Voice;

/// <summary>From sound made by rule to readings; a perfect detector says where speech is.</summary>
public sealed class VoiceAnalyzerTests
{
    [Fact]
    public void A_voice_in_the_noise_of_the_road_is_measured()
    {
        var road = Sound.Road(12);
        var voice = Sound.Silence(3).Then(Sound.Syllables(6, perSecond: 4, hertz: 140)).Then(Sound.Silence(3));
        var loud = Sum(Read(Sound.Mix(Sound.Scaled(road, 0.01), voice), from: 3, to: 9));
        Assert.InRange(loud.Seconds, 5.5, 6.5);
        Assert.InRange(loud.Syllables / loud.Seconds, 3.6, 4.4);
        Assert.InRange(loud.Pitch, VoiceSum.Semitones(140) - 0.2, VoiceSum.Semitones(140) + 0.2);

        var quiet = Sum(Read(Sound.Mix(Sound.Scaled(road, 0.01), [.. voice.Select(x => x / 2)]), from: 3, to: 9));
        Assert.InRange(loud.Level - quiet.Level, 5, 7);
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(3.0)]
    [InlineData(4.0)]
    [InlineData(5.0)]
    [InlineData(6.0)]
    public void Syllables_are_counted(double perSecond)
    {
        var sound = Sound.Mix(
            Sound.Scaled(Sound.Road(14), 0.02), Sound.Silence(2).Then(Sound.Syllables(10, perSecond)).Then(Sound.Silence(2)));
        Assert.InRange(Read(sound, 2, 12).Sum(r => r.Syllables), 10 * perSecond * 0.9, 10 * perSecond * 1.1);
    }

    [Fact]
    public void A_breath_is_heard_as_breath_and_a_drawn_out_vowel_as_one_syllable()
    {
        var road = Sound.Scaled(Sound.Road(10), 0.01);
        var breath = Read(Sound.Mix(road, Sound.Silence(4).Then(Sound.Breath(2)).Then(Sound.Silence(4))), 0, 0);
        Assert.InRange(breath.Sum(r => r.BreathShare * r.Lasted.TotalSeconds), 1.6, 2.2);
        Assert.Equal(0, breath.Sum(r => r.Syllables));

        var sigh = Read(Sound.Mix(road, Sound.Silence(4).Then(Sound.Vowel(2, 120, glideTo: 90)).Then(Sound.Silence(4))), 0, 0);
        Assert.InRange(sigh.Sum(r => r.Syllables), 0, 1);
        Assert.InRange(sigh.Sum(r => r.BreathShare * r.Lasted.TotalSeconds), 0, 0.2);
    }

    [Fact]
    public void Noise_alone_gives_nothing()
    {
        var readings = Read(Sound.Scaled(Sound.Road(60), 0.05), 0, 0);
        Assert.InRange(readings.Sum(r => r.Syllables), 0, 2);
        Assert.InRange(readings.Sum(r => r.BreathShare * r.Lasted.TotalSeconds), 0, 0.5);
        Assert.All(readings, r => Assert.Equal((0.0, 0), (r.SpeechShare, r.VoicedFrames)));
    }

    [Fact]
    public void A_tense_voice_is_flatter_and_an_unsteady_one_has_more_jitter_and_shimmer()
    {
        var steady = Steady(0, 0);
        Assert.InRange(steady.JitterPercent!.Value, 0, 0.6);
        Assert.InRange(steady.ShimmerPercent!.Value, 0, 2);
        Assert.InRange(Steady(0.02, 0).JitterPercent!.Value, 1, 4);
        Assert.InRange(Steady(0, 0.1).ShimmerPercent!.Value, 4, 15);

        static VoiceReading Steady(double jitter, double shimmer) =>
            Read(Sound.Silence(2).Then(Sound.Pulses(3, 125, jitter, shimmer)), 2, 5).First(r => r.SpeechShare == 1 && r.JitterPercent is not null);
    }

    [Theory]
    [InlineData("silence", MicrophoneState.Muted)]
    [InlineData("one bit", MicrophoneState.Muted)]
    [InlineData("clipped", MicrophoneState.Clipped)]
    [InlineData("hum 50", MicrophoneState.Hum)]
    [InlineData("hum 60", MicrophoneState.Hum)]
    [InlineData("gale", MicrophoneState.TooNoisy)]
    [InlineData("road", MicrophoneState.Present)]
    [InlineData("loud road", MicrophoneState.Present)]
    [InlineData("voice", MicrophoneState.Present)]
    public void The_microphone_s_state_is_told(string sound, MicrophoneState expected) =>
        Assert.Equal(expected, Read(Made(sound), 0, 0)[^1].Microphone);

    [Fact]
    public void A_fault_is_over_two_seconds_after_its_end()
    {
        var readings = Read(Sound.Silence(6).Then(Sound.Scaled(Sound.Road(6), 0.02)), 0, 0);
        Assert.Contains(readings, r => r.Microphone == MicrophoneState.Muted);
        Assert.Equal(MicrophoneState.Present, readings[^1].Microphone);
    }

    [Fact]
    public void Hostile_samples_give_numbers_that_can_be()
    {
        var (analyzer, random, frame) = (new VoiceAnalyzer(), new Random(3), new short[SoundFormat.FrameSamples]);
        double[] words = [double.NaN, double.PositiveInfinity, -5, 0, 1, 0.5];
        for (var i = 0; i < 2000; i++)
        {
            for (var k = 0; k < frame.Length; k++)
                frame[k] = (i / 40 % 5) switch
                {
                    0 => short.MinValue,
                    1 => k % 2 == 0 ? short.MaxValue : short.MinValue,
                    2 => 0,
                    3 => (short)random.Next(short.MinValue, short.MaxValue),
                    _ => (short)(k == 0 ? short.MaxValue : 0),
                };
            if (!analyzer.TryAdd(frame, words[i % words.Length], out var r)) continue;
            double?[] all = [r.SpeechShare, r.BreathShare, r.NoiseDbfs, r.LevelDb, r.PitchSemitones, r.PitchSpreadSemitones, r.TiltDb, r.JitterPercent, r.ShimmerPercent];
            Assert.All(all, value => Assert.True(value is null || double.IsFinite(value.Value)));
            Assert.InRange(r.SpeechShare, 0, 1);
        }

        Assert.False(analyzer.TryAdd(new short[3], 1, out _));
    }

    [Fact]
    public void Where_no_emotion_may_be_inferred_effort_is_not_measured()
    {
        var sound = Sound.Mix(Sound.Scaled(Sound.Road(8), 0.01), Sound.Silence(2).Then(Sound.Vowel(6, 150)));
        Assert.Contains(Read(sound, 2, 8), r => r is { LevelDb: not null, JitterPercent: not null });
        Assert.All(
            Read(sound, 2, 8, withEffort: false),
            r => Assert.Equal((null, null, null, null), (r.LevelDb, r.TiltDb, r.JitterPercent, r.ShimmerPercent)));
    }

    [Fact]
    public void A_frame_costs_no_memory()
    {
        var (analyzer, pcm) = (new VoiceAnalyzer(), Sound.ToPcm(Sound.Mix(Sound.Scaled(Sound.Road(4), 0.01), Sound.Syllables(4, 4))));
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run()
        {
            for (var at = 0; at + SoundFormat.FrameSamples <= pcm.Length; at += SoundFormat.FrameSamples)
                analyzer.TryAdd(pcm.AsSpan(at, SoundFormat.FrameSamples), 0.9, out _);
        }
    }

    private static double[] Made(string name) => name switch
    {
        "silence" => Sound.Silence(8),
        "one bit" => [.. Sound.Silence(8).Select((_, i) => i % 7 == 0 ? 1 / 32767.0 : 0)],
        "clipped" => [.. Sound.Road(8).Select(x => Math.Clamp(x * 30, -1, 1))],
        "hum 50" => Sound.Mix(Sound.Tone(8, 50, 0.1), Sound.Mix(Sound.Tone(8, 150, 0.03), Sound.Scaled(Sound.Road(8), 0.02))),
        "hum 60" => Sound.Mix(Sound.Tone(8, 120, 0.1), Sound.Scaled(Sound.Road(8), 0.02)),
        "gale" => Sound.Breath(8).Select(x => x * 2).ToArray(),
        "loud road" => Sound.Scaled(Sound.Road(8), 0.15),
        "voice" => Sound.Mix(Sound.Scaled(Sound.Road(8), 0.02), Sound.Syllables(8, 4, 100)),
        _ => Sound.Scaled(Sound.Road(8), 0.02),
    };

    private static (double Seconds, double Syllables, double Pitch, double Level) Sum(List<VoiceReading> readings)
    {
        var speech = readings.Sum(r => r.SpeechShare * r.Lasted.TotalSeconds);
        var voiced = readings.Where(r => r.PitchSemitones is not null).ToList();
        return (speech, readings.Sum(r => r.Syllables), voiced.Average(r => r.PitchSemitones!.Value),
            readings.Where(r => r is { SpeechShare: 1, LevelDb: not null }).Average(r => r.LevelDb!.Value));
    }

    /// <summary>With a detector that is sure of speech between two moments.</summary>
    private static List<VoiceReading> Read(double[] sound, double from, double to, bool withEffort = true)
    {
        var (analyzer, pcm, readings) = (new VoiceAnalyzer(withEffort), Sound.ToPcm(sound), new List<VoiceReading>());
        for (var at = 0; at + SoundFormat.FrameSamples <= pcm.Length; at += SoundFormat.FrameSamples)
        {
            var second = (double)at / SoundFormat.SamplesPerSecond;
            var speech = second >= from && second < to ? 0.95 : 0.02;
            if (analyzer.TryAdd(pcm.AsSpan(at, SoundFormat.FrameSamples), speech, out var reading)) readings.Add(reading);
        }

        return readings;
    }
}
