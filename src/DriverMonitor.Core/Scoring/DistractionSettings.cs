using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Scoring;

/// <summary>
/// The distraction score, a reading of the look-away timers; the alerts follow the timers themselves. Weights are
/// engineering judgement: two seconds away (an empty attention buffer) give about 0.8, three give 0.9.
/// </summary>
public sealed record DistractionSettings
{
    /// <summary>Share of driving time that is so when nothing else is known. Judgement.</summary>
    [Range(0.01, 0.5)] public double BaseRate { get; init; } = 0.05;

    /// <summary>Log-odds of an empty attention buffer (AttenD, Kircher and Ahlström 2009).</summary>
    [Range(0.0, 10.0)] public double BufferWeight { get; init; } = 2.5;

    /// <summary>Log-odds of a single glance as long as the limit at this speed.</summary>
    [Range(0.0, 10.0)] public double GlanceWeight { get; init; } = 2.0;

    /// <summary>Log-odds of as much time off the road in half a minute as the limit for many glances.</summary>
    [Range(0.0, 10.0)] public double SharingWeight { get; init; } = 2.0;

    /// <summary>Log-odds of a phone in the hand for as long as the limit, where a detector looks for one.</summary>
    [Range(0.0, 10.0)] public double PhoneWeight { get; init; } = 2.0;
}
