using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Features;

/// <summary>
/// What counts as looking at the road. Degrees from the person's own neutral. Engineering judgement unless said otherwise.
/// </summary>
public sealed record RoadSettings
{
    /// <summary>How far the gaze may go to either side.</summary>
    [Range(5.0, 40.0)] public double GazeYaw { get; init; } = 15;

    /// <summary>How far the gaze may go down; farther are the instruments.</summary>
    [Range(5.0, 40.0)] public double GazeDown { get; init; } = 12;

    /// <summary>How far the gaze may go up.</summary>
    [Range(5.0, 40.0)] public double GazeUp { get; init; } = 15;

    /// <summary>Gaze of lower quality gives way to the head.</summary>
    [Range(0.1, 1.0)] public double LeastGazeQuality { get; init; } = 0.5;

    /// <summary>
    /// Head turned farther is off the road: 0.4020 rad (openpilot, driver monitoring policy). No limit upwards.
    /// </summary>
    [Range(10.0, 60.0)] public double HeadYaw { get; init; } = 23.0;

    /// <summary>0.3133 rad (openpilot).</summary>
    [Range(5.0, 60.0)] public double HeadDown { get; init; } = 18.0;

    /// <summary>The same while the neutral pitch is not yet known: 0.449 rad (openpilot).</summary>
    [Range(5.0, 60.0)] public double HeadDownUncalibrated { get; init; } = 25.7;

    /// <summary>Shorter glances are not worth a line.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:02")]
    public TimeSpan ShortestGlance { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>A return to the road shorter than this does not end a glance: a blink or one noisy picture.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.5")]
    public TimeSpan ShortestReturn { get; init; } = TimeSpan.FromSeconds(0.15);

    /// <summary>A face lost while it was turned away is held to be turned away this long.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan HeldAway { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Window of the many small glances (Euro NCAP, visual attention time sharing).</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:01:00")]
    public TimeSpan SharingWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Eyes on the road this long forget the glances before (Euro NCAP).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:05")]
    public TimeSpan SharingReset { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Attention that looking away spends and looking back earns (AttenD, Kircher and Ahlström 2009), as the next.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:05")]
    public TimeSpan AttentionBuffer { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Taking the road in again before anything is earned.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan AttentionLatency { get; init; } = TimeSpan.FromSeconds(0.1);
}
