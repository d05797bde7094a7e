using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.HeartRate;

/// <summary>
/// The artefact detector of Lipponen and Tarvainen (2019) and how its flags are confirmed. The first five numbers are
/// the paper's; the confirmation is ours and was measured, see the table in this folder's README.
/// </summary>
public sealed record ArtefactSettings : IValidatableObject
{
    /// <summary>Width of the thresholds, in quartile deviations.</summary>
    [Range(2.0, 12.0)] public double Alpha { get; init; } = 5.2;

    /// <summary>Slope of the lines that part an ectopic beat's pattern from ordinary change.</summary>
    [Range(0.0, 1.0)] public double EctopicSlope { get; init; } = 0.13;

    /// <summary>Offset of those lines, in units of the threshold.</summary>
    [Range(0.0, 1.0)] public double EctopicOffset { get; init; } = 0.17;

    /// <summary>Beats over which the quartile deviation is taken; odd.</summary>
    [Range(11, 255)] public int SpreadBeats { get; init; } = 91;

    /// <summary>Beats over which the local median is taken; odd.</summary>
    [Range(3, 51)] public int MedianBeats { get; init; } = 11;

    /// <summary>Smallest threshold, ms: a series that is flat at the sensor's resolution has no spread. Judgement.</summary>
    [Range(5.0, 100.0)] public double SmallestThresholdMs { get; init; } = 25;

    /// <summary>Newest beats that the detector cannot judge yet; the 20 % rule judges them.</summary>
    [Range(2, 10)] public int ProvisionalBeats { get; init; } = 2;

    /// <summary>Beats' time needed before the detector decides; until then the 20 % rule does.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "00:05:00")]
    public TimeSpan NeededSpan { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A flagged beat beside another is dropped from this distance to the local median on, as a share of it.</summary>
    [Range(0.0, 0.5)] public double PairedDeviation { get; init; } = 0.15;

    /// <summary>
    /// A flagged beat alone is dropped from this distance on: a healthy heart lengthens one beat by a third, a missed beat
    /// doubles it.
    /// </summary>
    [Range(0.0, 1.0)] public double LoneDeviation { get; init; } = 0.5;

    /// <summary>
    /// A short beat and the long one after it, each this far off, are an early beat and its pause even if unflagged.
    /// </summary>
    [Range(0.05, 0.5)] public double EarlyBeatDeviation { get; init; } = 0.2;

    /// <summary>How well such a pair must balance, as a share of one beat.</summary>
    [Range(0.0, 0.5)] public double EarlyBeatBalance { get; init; } = 0.2;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SpreadBeats % 2 == 0 || MedianBeats % 2 == 0)
            yield return new("Windows centred on a beat hold an odd number: SpreadBeats and MedianBeats.");
    }
}
