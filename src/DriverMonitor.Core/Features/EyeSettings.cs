using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Features;

/// <summary>
/// How lids are measured and closures named. Openness is relative to the person: 0 shut, 1 open. Engineering judgement unless
/// said otherwise.
/// </summary>
public sealed record EyeSettings : IValidatableObject
{
    /// <summary>Visibility below which an eye does not count (openpilot, driver monitoring policy).</summary>
    [Range(0.1, 0.9)] public double LeastVisibility { get; init; } = 0.5;

    /// <summary>Share of the seen apertures that lies below the person's open eye.</summary>
    [Range(0.5, 0.99)] public double OpenPercentile { get; init; } = 0.9;

    /// <summary>Shut over open before the person's own blinks are known; of the attention mesh.</summary>
    [Range(0.1, 0.6)] public double ShutOverOpen { get; init; } = 0.40;

    /// <summary>Least difference of open and shut, in aspect ratio, that can be judged.</summary>
    [Range(0.01, 0.2)] public double LeastRange { get; init; } = 0.05;

    /// <summary>How fast the open reference may fall: drooping lids are the signal, not drift.</summary>
    [Range(0.0, 0.5)] public double OpenFallPerHour { get; init; } = 0.10;

    /// <summary>Openness at which a blink begins and ends: half amplitude, the usual definition.</summary>
    [Range(0.3, 0.7)] public double Half { get; init; } = 0.5;

    /// <summary>Openness below which the eye is shut: 80 % covered, as in PERCLOS (Wierwille and Ellsworth 1994).</summary>
    [Range(0.05, 0.4)] public double ShutBelow { get; init; } = 0.2;

    /// <summary>Openness from which a shut eye is no longer shut.</summary>
    [Range(0.1, 0.5)] public double NoLongerShut { get; init; } = 0.3;

    /// <summary>Share of its window that PERCLOS must have seen to be a measurement of it.</summary>
    [Range(0.1, 1.0)] public double PerclosLeastSeen { get; init; } = 0.5;

    /// <summary>Complete blinks without which nothing is said of their mean length.</summary>
    [Range(3, 50)] public int FewestBlinks { get; init; } = 10;

    /// <summary>Shorter dips are noise.</summary>
    [Range(typeof(TimeSpan), "00:00:00.02", "00:00:00.1")]
    public TimeSpan ShortestBlink { get; init; } = TimeSpan.FromSeconds(0.05);

    /// <summary>A longer one, at half amplitude, is no blink.</summary>
    [Range(typeof(TimeSpan), "00:00:00.3", "00:00:01")]
    public TimeSpan LongestBlink { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Shut this long: a long blink (the literature has 400 to 500 ms).</summary>
    [Range(typeof(TimeSpan), "00:00:00.3", "00:00:00.8")]
    public TimeSpan LongBlink { get; init; } = TimeSpan.FromSeconds(0.4);

    /// <summary>Shut this long: a microsleep (closed-circuit study, VSS 2012; Euro NCAP calls it typical below 3 s).</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:00:02")]
    public TimeSpan Microsleep { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Shut this long: asleep (Euro NCAP).</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:00:04")]
    public TimeSpan Sleep { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Shut this long: the driver does not answer (Euro NCAP).</summary>
    [Range(typeof(TimeSpan), "00:00:04", "00:00:10")]
    public TimeSpan Unresponsive { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Eyes unseen for longer than this are unknown to the closure machine.</summary>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:00:01")]
    public TimeSpan UnseenPatience { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Eyes lost while shut are held to be shut this long: a head that falls forward hides them.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:06")]
    public TimeSpan HeldShut { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The same when the head was seen to fall.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan HeldShutHeadDropped { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Gaze below this lowers the lids by itself, in degrees.</summary>
    [Range(-45.0, -5.0)] public double GazeDownDegrees { get; init; } = -15;

    /// <summary>Head this far below its neutral pitch lowers the lids by itself, in degrees.</summary>
    [Range(-45.0, -5.0)] public double HeadDownDegrees { get; init; } = -20;

    /// <summary>Closure from which even a lowered gaze counts as shut.</summary>
    [Range(0.8, 1.0)] public double SurelyShut { get; init; } = 0.9;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!(ShutBelow < NoLongerShut && NoLongerShut < Half))
            yield return new("Openness limits must rise: ShutBelow < NoLongerShut < Half.");
        if (!(LongBlink < Microsleep && Microsleep < Sleep && Sleep < Unresponsive))
            yield return new("Closures must lengthen: LongBlink < Microsleep < Sleep < Unresponsive.");
    }
}
