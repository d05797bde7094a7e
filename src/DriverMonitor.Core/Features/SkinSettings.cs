using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Features;

/// <summary>
/// What counts of a skin sensor's readings. Skin temperature is never scored: cabin heating moves it more than feelings do.
/// </summary>
public sealed record SkinSettings
{
    /// <summary>Less is an electrode without skin, microsiemens. Engineering judgement, as the next.</summary>
    [Range(0.0, 1.0)] public double Least { get; init; } = 0.05;

    /// <summary>More is a wet or shorted electrode, microsiemens.</summary>
    [Range(20.0, 200.0)] public double Most { get; init; } = 60;

    /// <summary>A rise of this much is a response (customary in the literature).</summary>
    [Range(0.01, 0.5)] public double Response { get; init; } = 0.05;

    /// <summary>A larger step within <see cref="StepWithin"/> is a contact that slipped. Engineering judgement.</summary>
    [Range(0.1, 10.0)] public double LargestStep { get; init; } = 1;

    /// <summary>Time within which <see cref="LargestStep"/> counts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:02")]
    public TimeSpan StepWithin { get; init; } = TimeSpan.FromSeconds(0.25);

    /// <summary>After a longer silence a new series begins.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan SeriesPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Readings a second below which responses, which last some seconds, are not counted. Engineering judgement.
    /// </summary>
    [Range(0.5, 20.0)] public double ResponsesFromHz { get; init; } = 2;
}
