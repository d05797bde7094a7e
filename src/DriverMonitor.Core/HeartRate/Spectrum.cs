using System.Numerics;
using MathNet.Numerics.IntegralTransforms;
using MathNet.Numerics.Interpolation;

namespace DriverMonitor.Core.HeartRate;

/// <summary>
/// Power of the interval series in two bands, ms², for reports only: the ratio of the two is no measure of "balance"
/// (Billman 2013) and is never scored. Natural cubic spline at 4 Hz, then Welch: periodic Hann of 256 samples, half
/// overlapping, mean removed from each.
/// </summary>
/// <param name="LowMs2">0.04 up to, not including, 0.15 Hz.</param>
/// <param name="HighMs2">0.15 up to, not including, 0.40 Hz.</param>
public readonly record struct Spectrum(double LowMs2, double HighMs2)
{
    private const double SampleRate = 4;
    private const int Window = 256;

    public double Ratio => LowMs2 / HighMs2;

    /// <summary>
    /// The spectrum of neighbouring intervals without gaps; null if they last less than one window (64 s). Allocates.
    /// </summary>
    public static Spectrum? Of(ReadOnlySpan<double> rrMs)
    {
        if (rrMs.Length < 8) return null;
        double[] samples = Resample(rrMs);
        if (samples.Length < Window) return null;

        double mean = samples.Average();
        for (int i = 0; i < samples.Length; i++) samples[i] -= mean;
        return Bands(Welch(samples));
    }

    private static double[] Resample(ReadOnlySpan<double> rrMs)
    {
        double[] at = new double[rrMs.Length];
        for (int i = 1; i < at.Length; i++) at[i] = at[i - 1] + rrMs[i] / 1000;

        var spline = CubicSpline.InterpolateNaturalSorted(at, rrMs.ToArray());
        double[] samples = new double[(int)(at[^1] * SampleRate) + 1];
        for (int i = 0; i < samples.Length; i++) samples[i] = spline.Interpolate(i / SampleRate);
        return samples;
    }

    private static double[] Welch(double[] samples)
    {
        double[] hann = new double[Window];
        for (int i = 0; i < Window; i++) hann[i] = 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / Window);
        double scale = 1 / (SampleRate * hann.Sum(w => w * w));

        double[] density = new double[Window / 2 + 1];
        var segment = new Complex[Window];
        int segments = 0;
        for (int start = 0; start + Window <= samples.Length; start += Window / 2, segments++)
        {
            double mean = samples.AsSpan(start, Window).ToArray().Average();
            for (int i = 0; i < Window; i++) segment[i] = (samples[start + i] - mean) * hann[i];
            Fourier.Forward(segment, FourierOptions.NoScaling);
            for (int k = 0; k < density.Length; k++)
            {
                double power = segment[k].Magnitude * segment[k].Magnitude * scale;
                density[k] += k is 0 or Window / 2 ? power : 2 * power;
            }
        }

        for (int k = 0; k < density.Length; k++) density[k] /= segments;
        return density;
    }

    private static Spectrum Bands(double[] density)
    {
        const double Step = SampleRate / Window;
        double low = 0, high = 0;
        for (int k = 0; k < density.Length; k++)
        {
            double hertz = k * Step;
            if (hertz is >= 0.04 and < 0.15) low += density[k] * Step;
            else if (hertz is >= 0.15 and < 0.40) high += density[k] * Step;
        }

        return new(low, high);
    }
}
