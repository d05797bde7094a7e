namespace DriverMonitor.Core.Voice;

/// <summary>The one form of sound that is judged: 16 kHz, one channel, 16 bit, in frames of 32 ms.</summary>
public static class SoundFormat
{
    public const int SamplesPerSecond = 16_000;

    /// <summary>Samples of a frame: what the speech detector takes at a time.</summary>
    public const int FrameSamples = 512;

    public static readonly TimeSpan Frame = TimeSpan.FromSeconds((double)FrameSamples / SamplesPerSecond);

    /// <summary>Level of a mean square in dB of full scale; digital silence is -120.</summary>
    public static double Decibels(double meanSquare) => 10 * Math.Log10(Math.Max(meanSquare, 1e-12));
}
