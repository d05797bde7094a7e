using System.Collections.Immutable;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Features;

/// <summary>The frame's measures after they were made relative to the person; null where it cannot be said.</summary>
/// <param name="Closure">0 open to 1 shut, both eyes combined.</param>
/// <param name="EyesOnRoad">Null while neither gaze nor head is known.</param>
/// <param name="Perclos">Share of the last minute's valid time with closure of 0.8 and more.</param>
public readonly record struct FrameMeasures(double? Closure, bool? EyesOnRoad, double? Perclos);
