using DriverMonitor.Core.Voice;

namespace DriverMonitor.Core.Tests.Support;

/// <summary>
/// Sound made by rule: vowels (Rosenberg's glottal pulse through three formants), the noise of a road, breath, laughter. It is no
/// recording of anybody.
/// </summary>
public static class Sound
{
    public const int Rate = SoundFormat.SamplesPerSecond;

    private static readonly Dictionary<char, double[]> Formants = new()
    {
        ['a'] = [730, 1090, 2440], ['i'] = [270, 2290, 3010], ['u'] = [300, 870, 2240],
    };

    /// <summary>A sustained vowel of a pitch that may glide; root mean square 0.1.</summary>
    public static double[] Vowel(double seconds, double hertz, char vowel = 'a', double? glideTo = null)
    {
        var samples = new double[(int)(seconds * Rate)];
        double phase = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            phase += (hertz + ((glideTo ?? hertz) - hertz) * i / samples.Length) / Rate;
            phase -= Math.Floor(phase);
            samples[i] = Glottis(phase);
        }

        // What the ear gets is the change of the flow.
        for (var i = samples.Length - 1; i > 0; i--) samples[i] -= samples[i - 1];
        foreach (var formant in Formants[vowel]) Resonate(samples, formant, 60 + formant / 20);
        return Scaled(samples, 0.1);
    }

    /// <summary>A tone; root mean square as told.</summary>
    public static double[] Tone(double seconds, double hertz, double rms) =>
        [.. Silence(seconds).Select((_, i) => rms * Math.Sqrt(2) * Math.Sin(2 * Math.PI * hertz * i / Rate))];

    /// <summary>A train of pulses whose periods and heights change by so much from one to the next; an unsteady voice.</summary>
    public static double[] Pulses(double seconds, double hertz, double jitter, double shimmer, int seed = 5)
    {
        var (random, samples) = (new Random(seed), Silence(seconds));
        for (double at = 0; at < samples.Length - 64;)
        {
            var height = 1 + shimmer * (random.NextDouble() * 2 - 1);
            for (var k = -24; k <= 24; k++)
                if ((int)at + k is >= 0 and var place && place < samples.Length)
                    samples[place] += 0.3 * height * Math.Exp(-Math.Pow((place - at) / 8, 2));
            at += Rate / hertz * (1 + jitter * (random.NextDouble() * 2 - 1));
        }

        return samples;
    }

    /// <summary>Tyres and wind: brown below some hundred hertz, with a weak hiss above; root mean square 0.1.</summary>
    public static double[] Road(double seconds, int seed = 1)
    {
        var random = new Random(seed);
        var samples = new double[(int)(seconds * Rate)];
        double low = 0, mid = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var white = random.NextDouble() * 2 - 1;
            low += 0.03 * (white - low);
            mid += 0.3 * (random.NextDouble() * 2 - 1 - mid);
            samples[i] = 8 * low + 0.3 * mid + 0.05 * white;
        }

        return Scaled(samples, 0.1);
    }

    /// <summary>Air through an open mouth; root mean square 0.1.</summary>
    public static double[] Breath(double seconds, int seed = 2)
    {
        var random = new Random(seed);
        var samples = new double[(int)(seconds * Rate)];
        for (var i = 0; i < samples.Length; i++) samples[i] = random.NextDouble() * 2 - 1;
        Resonate(samples, 700, 900);
        return Scaled(Mix(Scaled(samples, 0.1), Scaled([.. White(samples.Length, seed + 1)], 0.06)), 0.1);
    }

    /// <summary>So many short vowels a second, each as long as the gap after it.</summary>
    public static double[] Syllables(double seconds, double perSecond, double hertz = 140)
    {
        var voice = Vowel(seconds, hertz);
        for (var i = 0; i < voice.Length; i++)
        {
            var share = (double)i / Rate * perSecond % 1;
            voice[i] *= share < 0.6 ? Math.Sin(Math.PI * share / 0.6) : 0;
        }

        return voice;
    }

    public static double[] Silence(double seconds) => new double[(int)(seconds * Rate)];

    public static double[] Then(this double[] first, double[] second) => [.. first, .. second];

    /// <summary>Signal and noise added, the noise so many decibels below the signal.</summary>
    public static double[] At(this double[] signal, double decibels, double[] noise)
    {
        var gain = Rms(signal) / Rms(noise) / Math.Pow(10, decibels / 20);
        return Mix(signal, [.. noise.Select(x => gain * x)]);
    }

    public static double[] Mix(double[] one, double[] other)
    {
        var sum = new double[Math.Max(one.Length, other.Length)];
        for (var i = 0; i < sum.Length; i++) sum[i] = (i < one.Length ? one[i] : 0) + (i < other.Length ? other[i] : 0);
        return sum;
    }

    public static double[] Scaled(double[] samples, double rms)
    {
        var gain = Rms(samples) is > 0 and var now ? rms / now : 0;
        return [.. samples.Select(x => x * gain)];
    }

    public static double Rms(double[] samples) => Math.Sqrt(samples.Average(x => x * x));

    public static short[] ToPcm(double[] samples) =>
        [.. samples.Select(x => (short)Math.Clamp(Math.Round(x * 32767), short.MinValue, short.MaxValue))];

    private static IEnumerable<double> White(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++) yield return random.NextDouble() * 2 - 1;
    }

    private static double Glottis(double phase) =>
        phase < 0.4 ? 0.5 * (1 - Math.Cos(Math.PI * phase / 0.4))
        : phase < 0.56 ? Math.Cos(Math.PI / 2 * (phase - 0.4) / 0.16)
        : 0;

    private static void Resonate(double[] samples, double hertz, double bandwidth)
    {
        var r = Math.Exp(-Math.PI * bandwidth / Rate);
        var (b, c) = (2 * r * Math.Cos(2 * Math.PI * hertz / Rate), -r * r);
        double last = 0, before = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var y = (1 - b - c) * samples[i] + b * last + c * before;
            (before, last) = (last, y);
            samples[i] = y;
        }
    }
}
