using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Recording;

/// <summary>
/// What is kept of a drive so that it can be judged again: measures, never a picture. Nothing, unless a folder is named.
/// </summary>
internal sealed record RecordingSettings
{
    /// <summary>Where recordings are kept, such as /var/lib/drivermonitor/recordings; null to record nothing.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Megabytes that all recordings together may take; the oldest go first. An hour takes about 13 at 15 pictures a second.
    /// </summary>
    [Range(16, 1_000_000)] public int MaxMegabytes { get; init; } = 1024;

    /// <summary>What is older goes.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(7);
}
