namespace DriverMonitor.Core.Features;

/// <summary>What the face says about drowsiness now, each value with how far it can be believed.</summary>
/// <param name="Perclos60">Share of the last minute's valid time with 80 % of the eye covered.</param>
/// <param name="Perclos180">The same over three minutes.</param>
/// <param name="MeanLogBlinkDuration">Mean natural logarithm of blink durations in seconds, over three minutes.</param>
/// <param name="LongBlinksPerMinute">Blinks and closures of 0.4 s and more.</param>
/// <param name="BlinksPerMinute">All of them.</param>
/// <param name="Yawns10">Yawns in ten minutes; one behind a hand counts half.</param>
/// <param name="Nods5">Drowsy nods in five minutes.</param>
/// <param name="HoursOnTask">Driving since the last break of fifteen minutes.</param>
public readonly record struct Drowsiness(
    Measure Perclos60,
    Measure Perclos180,
    Measure MeanLogBlinkDuration,
    Measure LongBlinksPerMinute,
    Measure BlinksPerMinute,
    Measure Yawns10,
    Measure Nods5,
    Measure HoursOnTask);
