using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>
/// Whether tinted lenses lie before eyes that can be seen all the same. Behind lenses that let 45 % of the light through, shut
/// lids are drawn half open and as faint as eyes that something hides; what they looked like while open tells the two apart.
/// </summary>
internal sealed class EyeVeilTracker
{
    // Of the face's contrast: open eyes that nothing covers have 0.42 to 0.78 (clips), behind half-dark lenses 0.25 to 0.35.
    private const double Veiled = 0.38;

    // Lids that shut behind a lens halve what is left, a hand or another lens leaves less.
    private const double ShutShare = 0.5;

    private const double Open = 0.7;

    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(3);

    private double? _share;

    /// <summary>Shut lids may look half open.</summary>
    public bool IsVeiled => _share < Veiled;

    /// <summary>The least that a visible eye shows, as a share of the face's contrast; null where nothing veils it.</summary>
    public double? Least => IsVeiled ? ShutShare * _share : null;

    /// <param name="openness">Of both eyes, which were seen.</param>
    /// <param name="lasting">How long this picture speaks.</param>
    public void Update(in FaceReading face, double openness, TimeSpan lasting)
    {
        if (openness < Open || face.Light is not { } light || light.Contrast <= 0) return;
        var eyes = Math.Max(face.LeftEye.Contrast ?? 0, face.RightEye.Contrast ?? 0);
        if (eyes <= 0) return;
        var shown = eyes / light.Contrast;
        _share = _share is { } share ? share + (1 - Math.Exp(-lasting / Memory)) * (shown - share) : shown;
    }
}
