namespace DriverMonitor.Core.HeartRate;

/// <summary>One heart beat on our own clock.</summary>
/// <param name="At">When it struck, time since the start; reconstructed, because packets arrive late and in bunches.</param>
/// <param name="RrMs">Milliseconds since the beat before it, as the sensor measured.</param>
/// <param name="Segment">Beats of one segment follow each other without a gap; differences are formed only inside one.</param>
/// <param name="KeptByRule">Verdict of the streaming 20 % rule, given when the beat came.</param>
public readonly record struct Beat(TimeSpan At, double RrMs, int Segment, bool KeptByRule);
