namespace DriverMonitor.Core.Voice;

/// <summary>A Butterworth filter of second order (bilinear transform; Bristow-Johnson's Audio EQ Cookbook).</summary>
internal struct Biquad
{
    // Far below the least bit: what decays towards zero must not end in slow denormal numbers.
    private const double Least = 1e-20;

    private readonly double _b0, _b1, _b2, _a1, _a2;
    private double _z1, _z2;

    private Biquad(double cutoffHz, bool high)
    {
        var w = 2 * Math.PI * cutoffHz / SoundFormat.SamplesPerSecond;
        var (cos, alpha) = (Math.Cos(w), Math.Sin(w) / Math.Sqrt(2));
        var a0 = 1 + alpha;
        var edge = (high ? 1 + cos : 1 - cos) / (2 * a0);
        (_b0, _b1, _b2) = (edge, (high ? -2 : 2) * edge, edge);
        (_a1, _a2) = (-2 * cos / a0, (1 - alpha) / a0);
    }

    public static Biquad HighPass(double cutoffHz) => new(cutoffHz, high: true);

    public static Biquad LowPass(double cutoffHz) => new(cutoffHz, high: false);

    public double Step(double x)
    {
        var y = _b0 * x + _z1;
        _z1 = _b1 * x - _a1 * y + _z2 + Least;
        _z2 = _b2 * x - _a2 * y;
        return y;
    }

    public void Reset() => (_z1, _z2) = (0, 0);
}
