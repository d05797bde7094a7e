namespace DriverMonitor.Core.Features;

/// <summary>Both eyes of one picture, relative to the person.</summary>
/// <param name="Openness">0 shut, 1 open, up to 1.2; null while no eye can be judged.</param>
/// <param name="Quality">0..1; 0.8 when one eye speaks for both.</param>
/// <param name="LidsLowered">The driver looks down, which lowers the lids by itself: no evidence of closure.</param>
/// <param name="TooSmall">Eyes are seen, but open and shut cannot be told apart.</param>
/// <param name="IsDim">The light is such that shut lids may look half open.</param>
/// <param name="IsHidden">Something lies before the eyes, or there is too little light or too much noise to be sure of
/// them.</param>
/// <param name="Second">The openness by the second network alone; null where it does not run.</param>
/// <param name="IsVeiled">Lenses lie before the eyes behind which shut lids may look half open.</param>
public readonly record struct EyesState(
    double? Openness,
    double Quality,
    bool LidsLowered,
    bool TooSmall,
    bool IsDim = false,
    bool IsHidden = false,
    double? Second = null,
    bool IsVeiled = false)
{
    /// <summary>0 open to 1 shut.</summary>
    public double? Closure => Openness is { } o ? Math.Clamp(1 - o, 0, 1) : null;
}
