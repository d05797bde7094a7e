namespace DriverMonitor.Core.Voice;

/// <summary>
/// The cabin's noise, below and above 1 kHz, from the frames in which nobody speaks. It falls quickly and rises by 3 dB a second,
/// so that a breath is not taken for the road. Judgement.
/// </summary>
internal sealed class NoiseFloor
{
    private static readonly double Falls = 1 - Math.Exp(-SoundFormat.Frame / TimeSpan.FromSeconds(0.3));
    private static readonly double Rises = Math.Pow(10, 0.3 * SoundFormat.Frame.TotalSeconds);

    // The first half second is all there is to go by.
    private const int Settling = 16;
    private int _frames;

    /// <summary>Mean square below 1 kHz, relative to full scale.</summary>
    public double Low { get; private set; }

    /// <summary>The same above.</summary>
    public double High { get; private set; }

    public double All => Low + High;

    public bool IsKnown => _frames >= Settling;

    public double Dbfs => SoundFormat.Decibels(All);

    public void Learn(double low, double high)
    {
        _frames = Math.Min(_frames + 1, Settling);
        var settling = IsKnown ? 0 : 1.0 / _frames;
        (Low, High) = (Next(Low, low, settling), Next(High, high, settling));
    }

    public void Reset() => (Low, High, _frames) = (0, 0, 0);

    // From digital silence nothing rises by a factor.
    private static double Next(double floor, double now, double settling) =>
        settling > 0 ? floor + settling * (now - floor)
        : now < floor ? floor + Falls * (now - floor)
        : Math.Min(now, Math.Max(floor, 1e-10) * Rises);
}
