using System.ComponentModel.DataAnnotations;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>
/// When a picture is too poor to be judged by; units as in <see cref="Signals.PictureQuality"/>. Engineering judgement from
/// three cab clips, as they are and blurred, darkened, washed out and covered.
/// </summary>
public sealed record PictureSettings
{
    /// <summary>
    /// Contrast below this: something lies before the lens. The clips have 0.22 to 0.27, darkened to a fifth 0.05.
    /// </summary>
    [Range(0.0, 0.1)] public double CoveredContrast { get; init; } = 0.025;

    /// <summary>Brightness below this: there is not light enough for the lids. An infrared lamp is the cure.</summary>
    [Range(0.0, 0.3)] public double DarkBelow { get; init; } = 0.08;

    /// <summary>
    /// Share of white pixels above this: the sun, or an exposure gone wrong. Washed-out clips have 0.43 to 0.63.
    /// </summary>
    [Range(0.1, 1.0)] public double GlareAbove { get; init; } = 0.35;

    /// <summary>
    /// Sharpness below this: out of focus, or dirt on the lens. The clips have 0.053 to 0.124, blurred 0.008 to 0.014.
    /// </summary>
    [Range(0.0, 0.1)] public double BlurredBelow { get; init; } = 0.025;

    /// <summary>A picture that never changes for this long shows nothing any more, whatever is in it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:10")]
    public TimeSpan FrozenAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A poor picture this long is told (Euro NCAP: within 10 s); quality may be measured once a second.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:10")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(8);
}
