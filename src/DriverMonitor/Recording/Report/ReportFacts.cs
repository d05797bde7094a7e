using DriverMonitor.Core;
using DriverMonitor.Core.Privacy;

namespace DriverMonitor.Recording.Report;

/// <summary>What a report says about the judging itself.</summary>
/// <param name="Title">What was judged.</param>
/// <param name="Settings">What it was judged with.</param>
/// <param name="Configuration">Their hash, as events name it.</param>
/// <param name="Models">By name and hash; empty where no picture was looked at.</param>
/// <param name="Program">Of the program that judged now.</param>
/// <param name="RecordedBy">Of the one that recorded; null for other inputs.</param>
internal sealed record ReportFacts(
    string Title,
    MonitorSettings Settings,
    string? Configuration,
    IReadOnlyList<string> Models,
    string Program,
    string? RecordedBy = null)
{
    /// <summary>What whoever is handed the report may read in it.</summary>
    public Disclosure Tells { get; init; } = DisclosurePolicy.Usual.To(Audience.File);

    /// <summary>In which it was driven; null where nobody said.</summary>
    public string? Vehicle { get; init; }

    /// <summary>What the input promised and did not give; null where all of it was judged.</summary>
    public string? Partial { get; init; }

    /// <summary>How a recording's replay compares with the drive.</summary>
    public ReplayVerdict? Verdict { get; init; }
}
