using DriverMonitor.Core;

namespace DriverMonitor.Monitoring;

/// <summary>Everything the judgement can be told; the defaults are the product's.</summary>
internal sealed record JudgementSettings : MonitorSettings
{
    /// <summary>
    /// A JSON file with tuning keys, written like this one (see EXPERT.md); null for none. Where both set a key, that file's
    /// value holds.
    /// </summary>
    public string? ExpertFile { get; init; }
}
