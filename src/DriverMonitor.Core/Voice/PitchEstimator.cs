using System.Numerics;

namespace DriverMonitor.Core.Voice;

/// <summary>
/// Fundamental frequency of a voice by YIN: the cumulative mean normalised difference function and parabolic interpolation
/// (de Cheveigné and Kawahara, J. Acoust. Soc. Am. 111, 2002). The period is the first dip that is nearly as deep as the deepest
/// one, which noise does not lift above a fixed threshold. Allocates nothing after construction.
/// </summary>
public sealed class PitchEstimator
{
    /// <summary>Lowest and highest pitch that is looked for, Hz: from a creaking bass to a raised soprano.</summary>
    public const double Lowest = 55, Highest = 440;

    /// <summary>
    /// Above this a frame has no pitch: 1 is noise, 0 a perfect period. Judgement; at 10 dB of noise a vowel has about 0.1.
    /// </summary>
    public const double VoicedBelow = 0.4;

    /// <summary>Samples that an estimate takes, 61 ms: at least two and a half of the longest period.</summary>
    public const int WindowSamples = Sum + LongestLag + 1;

    // A dip so much less deep is another one: twice the period is as good a period as the period itself.
    private const double NearlyAsDeep = 0.08;
    private const int LongestLag = (int)(SoundFormat.SamplesPerSecond / Lowest) + 2;
    private const int ShortestLag = (int)(SoundFormat.SamplesPerSecond / Highest);
    private const int Sum = 680;

    private readonly float[] _difference = new float[LongestLag + 2];

    /// <summary>Aperiodicity of the last window, 0..1.</summary>
    public double Aperiodicity { get; private set; }

    /// <param name="window"><see cref="WindowSamples"/> samples without the rumble of the road.</param>
    /// <returns>Hz; null where there is no pitch.</returns>
    public double? Estimate(ReadOnlySpan<float> window)
    {
        Aperiodicity = 1;
        if (window.Length < WindowSamples) return null;
        FillDifference(window);
        var deepest = 1f;
        for (var lag = ShortestLag; lag <= LongestLag; lag++) deepest = Math.Min(deepest, _difference[lag]);
        Aperiodicity = Math.Clamp(deepest, 0, 1);
        if (!(deepest < VoicedBelow)) return null;
        for (var lag = ShortestLag; lag <= LongestLag; lag++)
            if (_difference[lag] <= deepest + NearlyAsDeep && IsDip(lag) && Refine(lag) is { } period)
                return SoundFormat.SamplesPerSecond / period;
        return null;
    }

    private bool IsDip(int lag) => _difference[lag] <= _difference[lag - 1] && _difference[lag] < _difference[lag + 1];

    private void FillDifference(ReadOnlySpan<float> window)
    {
        double running = 0;
        _difference[0] = 1;
        for (var lag = 1; lag < _difference.Length; lag++)
        {
            var most = Math.Min(Sum, window.Length - lag);
            var d = SquaredDistance(window[..most], window.Slice(lag, most));
            running += d;
            _difference[lag] = running > 0 ? (float)(d * lag / running) : 1;
        }
    }

    private static float SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var d = new Vector<float>(a[i..]) - new Vector<float>(b[i..]);
            sum += d * d;
        }

        var total = Vector.Sum(sum);
        for (; i < a.Length; i++) total += (a[i] - b[i]) * (a[i] - b[i]);
        return total;
    }

    private double? Refine(int lag)
    {
        double before = _difference[lag - 1], here = _difference[lag], after = _difference[lag + 1];
        var bend = before - 2 * here + after;
        var shift = bend > 0 ? (before - after) / (2 * bend) : 0;
        return Math.Abs(shift) <= 1 ? lag + shift : null;
    }
}
