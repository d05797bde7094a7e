using DriverMonitor.Core.Events;

namespace DriverMonitor.Recording.Report;

/// <summary>What the eyes and the head did around one alert.</summary>
internal sealed class Closeup(AlertRule rule, TimeSpan raised, IEnumerable<FaceMoment> before)
{
    public AlertRule Rule => rule;
    public TimeSpan Raised => raised;
    public List<FaceMoment> Moments { get; } = [.. before];

    /// <summary>When it is whole; known once the alert is over.</summary>
    public TimeSpan Until { get; set; } = TimeSpan.MaxValue;
}

/// <summary>The driver's face at one moment; null where it could not be said.</summary>
/// <param name="Openness">Of the eyes, 0 shut to 1 open, against the person's own.</param>
/// <param name="YawDegrees">Of the head, + to the driver's right.</param>
/// <param name="PitchDegrees">Of the head, + up.</param>
internal readonly record struct FaceMoment(TimeSpan At, double? Openness, double? YawDegrees, double? PitchDegrees);
