using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>One line of an explanation.</summary>
/// <param name="Cue">Stable key, such as <c>perclos180</c>.</param>
/// <param name="Value">As measured; null for lines that are no measurement (<c>recent_past</c>, <c>cap</c>).</param>
/// <param name="Unit">Unit of value and baseline.</param>
/// <param name="Baseline">The person's own normal, where there is one.</param>
/// <param name="Evidence">-1..1, before weight and quality.</param>
/// <param name="Weight">Log-odds at full evidence.</param>
/// <param name="Quality">0..1.</param>
/// <param name="LogOdds">What the line moved the score by, after caps: the lines sum up exactly to the score.</param>
public readonly record struct Contribution(
    string Cue, double? Value, string Unit, double? Baseline, double Evidence, double Weight, double Quality, double LogOdds)
{
    /// <summary>A line that is a consequence of the arithmetic and not of a measurement.</summary>
    public static Contribution Arithmetic(string cue, double logOdds) => new(cue, null, "", null, 0, 0, 1, logOdds);

    /// <summary>Key of the sentence that says it, such as <c>fatigue.perclos180.high</c>; the words are the display's.</summary>
    public string SentenceKey(string state) => $"{state}.{Cue}.{(LogOdds >= 0 ? "high" : "low")}";
}

/// <summary>A cue that was missing, and why.</summary>
public readonly record struct Limit(string Cue, MissingReason Reason);
