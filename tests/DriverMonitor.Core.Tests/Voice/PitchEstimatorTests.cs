using DriverMonitor.Core.Tests.Support;
using DriverMonitor.Core.Voice;

namespace DriverMonitor.Core.Tests.Voice;

/// <summary>Pitch of synthetic vowels in the noise of a road.</summary>
public sealed class PitchEstimatorTests
{
    public static TheoryData<double, char> Vowels()
    {
        var table = new TheoryData<double, char>();
        foreach (var hertz in new double[] { 60, 75, 90, 110, 133, 160, 190, 220, 250, 290, 330, 365, 400 })
            foreach (var vowel in "aiu") table.Add(hertz, vowel);
        return table;
    }

    [Theory]
    [MemberData(nameof(Vowels))]
    public void A_vowel_s_pitch_is_found_within_one_percent_at_ten_decibels(double hertz, char vowel)
    {
        var found = Pitches(Sound.Vowel(2, hertz, vowel).At(10, Sound.Road(2)));
        Assert.InRange(found.Count(pitch => pitch is null), 0, found.Count / 50);
        var near = found.Count(pitch => Math.Abs(pitch / hertz - 1 ?? 1) <= 0.01);
        var sorted = found.OfType<double>().Order().ToArray();
        Assert.True(
            near >= 0.9 * found.Count && Math.Abs(sorted[sorted.Length / 2] / hertz - 1) <= 0.003,
            $"{near} of {found.Count} within 1 %, median {sorted[sorted.Length / 2]:0.00}: "
                + string.Join(' ', sorted.Where((_, i) => i % 6 == 0).Select(p => p.ToString("0.0"))));
    }

    private static List<double?> Pitches(double[] samples)
    {
        var (filter, estimator) = (Biquad.HighPass(VoiceAnalyzer.HighPassHz), new PitchEstimator());
        var heard = samples.Select(x => (float)filter.Step(x)).ToArray();
        var found = new List<double?>();
        for (var at = SoundFormat.SamplesPerSecond / 8; at + PitchEstimator.WindowSamples <= heard.Length; at += SoundFormat.FrameSamples)
            found.Add(estimator.Estimate(heard.AsSpan(at, PitchEstimator.WindowSamples)));
        return found;
    }
}
