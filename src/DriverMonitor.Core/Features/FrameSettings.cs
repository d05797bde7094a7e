using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Features;

/// <summary>
/// When a picture counts, and when time without pictures is no longer judged. Engineering judgement unless said otherwise.
/// </summary>
public sealed record FrameSettings
{
    /// <summary>A picture speaks for at most this long; the rest until the next one is unknown, neither open nor shut.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:01")]
    public TimeSpan LongestSpeaking { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>A longer gap ends whatever was going on.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:00:10")]
    public TimeSpan Interruption { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A step back by more than this means another clock, not a late picture.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan JumpBack { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A step forward by more than this means that the board slept.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00")]
    public TimeSpan JumpAhead { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Presence below which there is no face (openpilot, driver monitoring policy).</summary>
    [Range(0.3, 0.99)] public double FacePresence { get; init; } = 0.7;

    /// <summary>Frames per second below which blinks are no longer measured and the operator is told.</summary>
    [Range(4.0, 20.0)] public double LowestRate { get; init; } = 8;

    /// <summary>Loss of pictures this long is a lost camera.</summary>
    [Range(typeof(TimeSpan), "00:00:00.3", "00:00:10")]
    public TimeSpan CameraPatience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A face or eyes unseen this long are reported (Euro NCAP: the driver is told within 10 s).</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:00:10")]
    public TimeSpan SightPatience { get; init; } = TimeSpan.FromSeconds(10);
}
