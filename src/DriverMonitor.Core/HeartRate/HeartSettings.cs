using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.HeartRate;

/// <summary>How heart packets become beats, and when a window of beats may be used.</summary>
public sealed record HeartSettings : IValidatableObject
{
    /// <summary>
    /// Slowest rate believed, beats per minute. Engineering judgement: below it a sensor is more likely wrong than right.
    /// </summary>
    [Range(20, 60)] public int SlowestBpm { get; init; } = 30;

    /// <summary>Fastest rate believed, beats per minute.</summary>
    [Range(150, 300)] public int FastestBpm { get; init; } = 240;

    /// <summary>Shortest interval that is a beat, ms. A range of 300 to 2000 is customary in open HRV tools.</summary>
    [Range(200.0, 500.0)] public double ShortestRrMs { get; init; } = 300;

    /// <summary>Longest interval that is a beat, ms.</summary>
    [Range(1200.0, 3000.0)] public double LongestRrMs { get; init; } = 2000;

    /// <summary>Largest change from the last accepted beat, as a share of it. The 20 % rule is Malik's.</summary>
    [Range(0.1, 0.5)] public double LargestStep { get; init; } = 0.2;

    /// <summary>Beats rejected in a row after which the rhythm itself is taken to have changed. Judgement.</summary>
    [Range(3, 20)] public int ReseedAfterBeats { get; init; } = 5;

    /// <summary>A packet this much later than its beats explain means that beats were lost before it. Judgement.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:00:10")]
    public TimeSpan LargestLag { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>A packet this much earlier than its beats explain repeats beats or delivers a backlog. Judgement.</summary>
    [Range(typeof(TimeSpan), "-00:00:10", "-00:00:00.500")]
    public TimeSpan SmallestLag { get; init; } = TimeSpan.FromSeconds(-1);

    /// <summary>Silence after which the link counts as lost and the next interval is not believed. Judgement.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:01:00")]
    public TimeSpan LinkLostAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An unchanging rate for so long, without intervals, is a frozen optical reading. Judgement.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:05:00")]
    public TimeSpan FrozenAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Missing and rejected beats together, as a share, up to which RMSSD may be used. Judgement.</summary>
    [Range(0.0, 0.5)] public double WorstShareForRmssd { get; init; } = 0.2;

    /// <summary>The same for SDNN and the stress index, which lean on every beat.</summary>
    [Range(0.0, 0.5)] public double WorstShareForSdnn { get; init; } = 0.1;

    /// <summary>Neighbouring accepted beats needed before RMSSD is said at all.</summary>
    [Range(5, 200)] public int FewestPairs { get; init; } = 20;

    /// <summary>Width of the bins of the Baevsky stress index, ms. Indices compare only at equal width.</summary>
    [Range(10.0, 100.0)] public double StressIndexBinMs { get; init; } = 50;

    /// <summary>Only a silence longer than this, and than one and a half ordinary beats, may hide missing beats.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:05")]
    public TimeSpan LongestOrdinaryBeat { get; init; } = TimeSpan.FromSeconds(1.3);

    /// <summary>
    /// Share of beats the 20 % rule rejects that, kept up for <see cref="IrregularAfter"/>, is no artefact. Judgement.
    /// </summary>
    [Range(0.1, 0.9)] public double IrregularShare { get; init; } = 0.3;

    /// <summary>How long <see cref="IrregularShare"/> must last before the rhythm is called irregular.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "00:30:00")]
    public TimeSpan IrregularAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The second stage of cleaning.</summary>
    public ArtefactSettings Artefacts { get; init; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (WorstShareForSdnn > WorstShareForRmssd)
            yield return new("SDNN needs the cleaner window: WorstShareForSdnn must not exceed WorstShareForRmssd.");
    }
}
