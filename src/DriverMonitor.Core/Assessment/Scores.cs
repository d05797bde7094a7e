using DriverMonitor.Core.Hearts;

namespace DriverMonitor.Core.Assessment;

/// <summary>
/// What one second amounts to. Filled in place once a second, so that judging costs no memory: what is to be kept must be
/// copied before the next step.
/// </summary>
public sealed class Scores
{
    /// <summary>The second's end, on the input's clock.</summary>
    public TimeSpan At { get; internal set; }

    /// <summary>The heart's figures; null while nothing comes from the strap.</summary>
    public HeartFeatures? Heart { get; internal set; }
}
