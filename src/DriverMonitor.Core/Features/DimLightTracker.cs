using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>Whether the light on the face lets lids be judged, over a second: a lamp that passes changes nothing.</summary>
public sealed class DimLightTracker
{
    // Shut lids were read as half open from a noise of 0.05 of the contrast and below a contrast of 0.12 (a clip darkened in
    // steps, with a sensor's noise); at 0.05 and below, and from 0.35 of noise, most of what is read is guessed.
    private const double DimContrast = 0.12, DimNoise = 0.05, TooDimContrast = 0.05, TooDimNoise = 0.35;

    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(0.5);

    private double _contrast = 1;
    private double _noise;
    private bool _isKnown;

    /// <summary>Shut lids may look half open.</summary>
    public bool IsDim => _contrast < DimContrast || _noise > DimNoise;

    /// <summary>Eyes cannot be seen well enough to rely on.</summary>
    public bool IsTooDim => _contrast < TooDimContrast || _noise > TooDimNoise;

    /// <param name="light">Null when it was not measured: then nothing is held against it.</param>
    public void Update(FaceLight? light, TimeSpan lasting)
    {
        var (contrast, noise) = light is { } seen ? (seen.Contrast, seen.NoiseShare) : (1, 0);
        var share = _isKnown ? 1 - Math.Exp(-lasting / Memory) : 1;
        (_contrast, _noise, _isKnown) = (_contrast + share * (contrast - _contrast), _noise + share * (noise - _noise), true);
    }
}
