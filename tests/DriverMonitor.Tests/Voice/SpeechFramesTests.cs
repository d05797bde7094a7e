using System.Diagnostics;
using System.Runtime.InteropServices;
using DriverMonitor.Core.Tests.Support;
using DriverMonitor.Core.Voice;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using DriverMonitor.Voice;
using Xunit.Abstractions;

namespace DriverMonitor.Tests.Voice;

/// <summary>
/// How much of espeak's speech is found in the noise of a road, and how much of the silence between the sentences is taken for
/// speech; run by tests/long/voice.sh. No voice in a real cabin was measured.
/// </summary>
public sealed class SpeechFramesTests(ITestOutputHelper output)
{
    private static readonly string[] Voices = ["en-us", "en-us+f3", "de", "de+f2", "en-gb+m3", "fr", "en-us+f5", "es+m7"];

    private static readonly string[] Sentences =
    [
        "I will be there at half past seven, if the traffic lets me.", "Could you call the depot and tell them about the gate?",
        "No.", "The second load goes to the harbour, the third one back to the yard.", "All right, thank you, goodbye.",
    ];

    [EspeakTheory]
    [InlineData(20, 0.96)]
    [InlineData(10, 0.95)]
    [InlineData(0, 0.94)]
    public async Task Speech_is_found_and_the_gaps_are_gaps(double decibels, double least)
    {
        long speech = 0, found = 0, gaps = 0, wrong = 0;
        foreach (var (voice, i) in Voices.Select((voice, i) => (voice, i)))
        {
            var clean = Sound.Silence(2);
            foreach (var sentence in Sentences)
                clean = clean.Then(Sound.Scaled(await SayAsync(voice, sentence), 0.1)).Then(Sound.Silence(2));
            var (truth, gap) = Truth(clean);
            // The noise is as strong as the speech itself is, without its silences.
            var loud = Math.Sqrt(clean.Where((_, at) => truth[Math.Min(at / SoundFormat.FrameSamples, truth.Length - 1)]).Average(x => x * x));
            var noise = Sound.Scaled(Sound.Road((double)clean.Length / Sound.Rate, seed: i + 1), loud / Math.Pow(10, decibels / 20));
            var labels = Labels(Sound.Scaled(Sound.Mix(clean, noise), 0.05));
            for (var at = 0; at < labels.Count; at++)
            {
                if (truth[at]) (speech, found) = (speech + 1, found + (labels[at] ? 1 : 0));
                if (gap[at]) (gaps, wrong) = (gaps + 1, wrong + (labels[at] ? 1 : 0));
            }
        }

        output.WriteLine($"{decibels} dB: {100.0 * found / speech:0.0} % of {speech} speech frames, {100.0 * wrong / gaps:0.0} % of {gaps} gap frames");
        Assert.True(found >= least * speech && wrong <= 0.03 * gaps, $"{found} of {speech} found, {wrong} of {gaps} wrong");
    }

    [EspeakFact]
    public void Noise_alone_is_no_speech()
    {
        var labels = Enumerable.Range(1, 4).SelectMany(seed => Labels(Sound.Scaled(Sound.Road(60, seed), 0.02 * seed))).ToList();
        output.WriteLine($"{labels.Count(label => label)} of {labels.Count} frames of noise");
        Assert.InRange(labels.Count(label => label), 0, labels.Count / 100);
    }

    [EspeakFact]
    public void It_takes_little_of_one_core()
    {
        using var reader = new SoundReader(new(new ModelStore(ModelStore.DefaultFolder())), withEffort: true);
        var pcm = MemoryMarshal.AsBytes(Sound.ToPcm(Sound.Mix(Sound.Scaled(Sound.Road(60), 0.01), Sound.Syllables(60, 4))).AsSpan()).ToArray();
        Take();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        Take();
        process.Refresh();
        var share = (process.TotalProcessorTime - before) / TimeSpan.FromSeconds(60);
        output.WriteLine($"{100 * share:0.00} % of one core, all of it speech");
        Assert.InRange(share, 0, 0.03);

        void Take()
        {
            for (var at = 0; at < pcm.Length;)
            {
                var count = Math.Min(reader.Room.Length, pcm.Length - at);
                pcm.AsSpan(at, count).CopyTo(reader.Room);
                at += count;
                reader.TryTake(count, out _);
            }
        }
    }

    /// <summary>Speech: within 40 dB of the loudest frame; gaps: silences of 0.3 s and more, after the sound has died away.</summary>
    private static (bool[] Speech, bool[] Gap) Truth(double[] clean)
    {
        var levels = clean.Chunk(SoundFormat.FrameSamples).Where(frame => frame.Length == SoundFormat.FrameSamples)
            .Select(frame => SoundFormat.Decibels(frame.Average(x => x * x))).ToArray();
        var speech = levels.Select(level => level > levels.Max() - 40).ToArray();
        var gap = new bool[levels.Length];
        for (var from = 0; from < speech.Length;)
        {
            var to = from;
            while (to < speech.Length && speech[to] == speech[from]) to++;
            if (!speech[from] && to - from >= 10)
                for (var at = from; at < to; at++) gap[at] = true;
            from = to;
        }

        return (speech, gap);
    }

    private static List<bool> Labels(double[] sound)
    {
        using var detector = new SpeechDetector(new ModelStore(ModelStore.DefaultFolder()));
        var (labels, pcm, found) = (new SpeechLabels(), Sound.ToPcm(sound), new List<bool>());
        for (var at = 0; at + SoundFormat.FrameSamples <= pcm.Length; at += SoundFormat.FrameSamples)
            found.Add(labels.Add(detector.Probability(pcm.AsSpan(at, SoundFormat.FrameSamples))));
        for (var i = 0; i < SpeechLabels.Delay; i++) found.Add(labels.Add(0));
        return found[SpeechLabels.Delay..];
    }

    private static async Task<double[]> SayAsync(string voice, string sentence)
    {
        var file = Path.GetTempFileName();
        try
        {
            await Tool.RunAsync("sh", "-c", $"espeak-ng -v {voice} --stdout \"$1\" | ffmpeg -v error -y -i - -ar 16000 -ac 1 -c:a pcm_s16le -f wav \"$2\"", "sh", sentence, file);
            var bytes = WavFile.Read(file).ToArray();
            return [.. MemoryMarshal.Cast<byte, short>(bytes).ToArray().Select(x => x / 32768.0)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static readonly bool IsWanted =
        LongForm.IsWanted && Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(p => File.Exists(Path.Combine(p, "espeak-ng")));

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class EspeakFactAttribute : FactAttribute
    {
        public EspeakFactAttribute() => Skip = IsWanted ? null : "Measured by tests/long/voice.sh.";
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class EspeakTheoryAttribute : TheoryAttribute
    {
        public EspeakTheoryAttribute() => Skip = IsWanted ? null : "Measured by tests/long/voice.sh.";
    }
}
