namespace DriverMonitor.HeartRate;

/// <summary>Where the pulse comes from.</summary>
internal sealed record HeartRateSettings
{
    /// <summary>A recorded series to play once, for tests on the bench; null for none.</summary>
    public string? File { get; init; }
}
