using System.Numerics;

namespace DriverMonitor.Core.Signals;

/// <summary>How much something shakes, from a burst of accelerations.</summary>
public static class VibrationMeter
{
    /// <summary>Gravity as a sensor feels it that is not calibrated, and in a bend or while braking.</summary>
    private const float LeastGravity = 0.5f, MostGravity = 1.6f;

    /// <param name="samples">In g, gravity among them.</param>
    /// <returns>Root mean square without what is steady, in g; null where they cannot be accelerations on earth.</returns>
    public static double? Measure(ReadOnlySpan<Vector3> samples)
    {
        if (samples.IsEmpty) return null;
        var mean = Mean(samples);
        if (!(mean.Length() is >= LeastGravity and <= MostGravity)) return null;
        double sum = 0;
        foreach (var sample in samples) sum += (sample - mean).LengthSquared();
        return Math.Sqrt(sum / samples.Length);
    }

    /// <param name="samples">One or more.</param>
    public static Vector3 Mean(ReadOnlySpan<Vector3> samples)
    {
        var sum = Vector3.Zero;
        foreach (var sample in samples) sum += sample;
        return sum / samples.Length;
    }
}
